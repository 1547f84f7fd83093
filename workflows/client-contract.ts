import { z } from 'zod'
import { workflow } from '../src/engine/define-workflow.ts'
import { clientKey, firmName, NewContract } from './new-client.ts'

/** A contract with a client: approved here, then signed by both, which the service for signatures tells by a webhook. */
export const clientContract = workflow(
  {
    name: 'client-contract',
    version: 2,
    title: 'Client contract',
    input: NewContract,
    subject: ({ firm }) => ({ key: clientKey(firm), label: firm }),
  },
  ({ approval, event }) => {
    const approved = approval('approval', { title: 'Approval of the contract', rule: 'client-contract' })

    // Whoever marks it done by hand fills in the same.
    event('signed', {
      title: 'Contract signed',
      event: 'contract-signed',
      after: [approved],
      key: ({ input }) => firmName(input.firm),
      payload: z.object({
        signedOn: z.iso.date('Choose a date.').meta({ title: 'Signed on' }),
        link: z.url('This is not an address.').meta({ title: 'Link to the signed copy' }),
      }),
    })
  },
)
