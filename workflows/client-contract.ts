import { z } from 'zod'
import { workflow } from '../src/engine/define-workflow.ts'
import { clientKey, NewContract } from './new-client.ts'

/** A contract with a client: approved here, then signed by both. */
export const clientContract = workflow(
  {
    name: 'client-contract',
    version: 1,
    title: 'Client contract',
    input: NewContract,
    subject: ({ firm }) => ({ key: clientKey(firm), label: firm }),
  },
  ({ approval, task }) => {
    const approved = approval('approval', { title: 'Approval of the contract', rule: 'client-contract' })

    task('signatures', {
      title: 'Get it signed',
      rule: 'sign-contract',
      after: [approved],
      instructions: ({ input }) =>
        `Have the contract with ${input.firm} signed by both (${input.value} euros a year), and put the signed copy where it belongs.`,
      evidence: z.object({
        signedOn: z.iso.date('Choose a date.').meta({ title: 'Signed on' }),
        link: z.url('This is not an address.').meta({ title: 'Link to the signed copy' }),
      }),
    })
  },
)
