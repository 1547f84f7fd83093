import { z } from 'zod'
import { workflow } from '../../src/engine/define-workflow.ts'

/** Somebody approves, and that is all: for the buttons of people who are asked. */
export const benchApproval = workflow(
  {
    name: 'bench-approval',
    version: 1,
    title: 'Bench approval',
    input: z.object({ email: z.email(), name: z.string() }),
    subject: ({ email, name }) => ({ key: email, label: name }),
  },
  ({ approval }) => {
    approval('agreed', { title: 'Agreed', rule: 'client-contract' })
  },
)
