import { z } from 'zod'
import { workflow } from '../../src/engine/define-workflow.ts'
import { vendor } from '../engine/scripted-egress.ts'

const output = z.object({ id: z.string().min(2, 'At least two characters.') })

/** account → mail → welcome: each step is one call of the scripted service. */
export const onboarding = workflow(
  {
    name: 'employee-onboarding',
    version: 1,
    title: 'Employee onboarding',
    input: z.object({
      email: z.email('This is not an address.'),
      name: z.string().min(1),
      role: z.string().optional(),
    }),
    subject: ({ email, name }) => ({ key: email, label: name }),
  },
  ({ step }) => {
    const make = { uses: [vendor], output } as const
    const account = step('account', {
      ...make,
      title: 'Create the account',
      run: ({ use }) => use(vendor).make(),
      undo: { title: 'Suspend it', run: async ({ use }) => void (await use(vendor).make()) },
    })
    const mail = step('mail', {
      ...make,
      title: 'Open the mailbox',
      needs: [account],
      run: ({ use }) => use(vendor).make(),
    })
    step('welcome', { ...make, title: 'Say welcome', needs: [mail], run: ({ use }) => use(vendor).make() })
  },
)
