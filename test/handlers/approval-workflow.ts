import { z } from 'zod'
import type { Person } from '../../src/domain/actor.ts'
import { workflow } from '../../src/engine/define-workflow.ts'
import type { Rules } from '../../src/rules/rules.ts'
import { vendor } from '../engine/scripted-egress.ts'
import { APPROVAL } from '../support/test-rules.ts'

/** An approval, and a step behind it. */
export const request = workflow(
  {
    name: 'employee-onboarding',
    version: 1,
    title: 'Equipment',
    input: z.object({ email: z.email(), name: z.string().meta({ title: 'Name' }) }),
    subject: ({ email, name }) => ({ key: email, label: name }),
  },
  ({ step, approval }) => {
    const ok = approval('ok', { title: 'Approval' })
    step('make', {
      uses: [vendor],
      output: z.object({ id: z.string() }),
      title: 'Make it',
      after: [ok],
      run: ({ use }) => use(vendor).make(),
    })
  },
)

/** Somebody alone is asked. */
export const oneManager = ({ user }: Person): Pick<Rules, 'approval'> => ({
  approval: () => ({ ...APPROVAL, asked: { groups: [], people: [], users: [user] } }),
})
