import { z } from 'zod'
import { workflow } from '../../src/engine/define-workflow.ts'

/** An approval, and a task behind it. */
export const asking = workflow(
  {
    name: 'employee-onboarding',
    version: 1,
    title: 'Equipment',
    input: z.object({ email: z.email(), name: z.string().meta({ title: 'Name' }) }),
    subject: ({ email, name }) => ({ key: email, label: name }),
  },
  ({ approval, task }) => {
    const ok = approval('ok', { title: 'Approval' })
    task('install', {
      title: 'Install it',
      after: [ok],
      instructions: () => 'Install it.',
      evidence: z.object({ evidence: z.string().min(3).meta({ title: 'What did you do?' }) }),
    })
  },
)
