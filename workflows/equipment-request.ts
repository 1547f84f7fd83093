import { z } from 'zod'
import { slack } from '../src/connectors/index.ts'
import { workflow } from '../src/engine/define-workflow.ts'
import { EquipmentRequest, ITEMS } from './equipment-order.ts'

/** Somebody needs a device: their manager approves, IT orders it, and on the day it is needed everybody is told. */
export const equipmentRequest = workflow(
  {
    name: 'equipment-request',
    version: 2,
    title: 'Equipment request',
    input: EquipmentRequest,
    // One person may wait for several things at once, each of them once.
    subject: (request) => ({
      key: `${request.email} ${request.item}`,
      label: `${ITEMS[request.item]}, ${request.name}`,
    }),
    manager: ({ manager }) => manager,
  },
  ({ step, approval, task, until }) => {
    const approved = approval('approval', { title: 'Manager’s approval', rule: 'equipment' })

    const order = task('order', {
      title: 'Order it',
      rule: 'order-equipment',
      after: [approved],
      instructions: ({ input }) =>
        `Order this for ${input.name}: ${ITEMS[input.item]}. It has to be there on ${input.neededOn}.\n${input.reason}`,
      leaves: 'Cancel the order with the supplier, or return it: Purser has no way to them.',
      evidence: z.object({
        orderNumber: z.string().trim().min(2, 'At least two characters.').max(60).meta({ title: 'Order number' }),
        supplier: z.string().trim().min(2, 'At least two characters.').max(60).meta({ title: 'Supplier' }),
        link: z.url('This is not an address.').optional().meta({ title: 'Link to the order' }),
      }),
    })

    const day = until('needed-on', {
      title: 'The day it is needed',
      after: [order],
      at: ({ input }) => input.neededOn,
      zone: ({ input }) => input.timeZone,
      onWorkingDay: true,
    })

    step('tell', {
      title: 'Say that it is there',
      needs: [order],
      after: [day],
      uses: [slack],
      output: z.object({ channel: z.string(), ts: z.string() }),
      async run({ input, use, from, rules, run }) {
        const { orderNumber, supplier } = from(order)
        return await use(slack).postMessage({
          channel: rules.channel('runs', 'equipment-request'),
          key: `equipment/${run.id}`,
          notBefore: run.startedAt,
          text: `${plain(input.name)} needs it today: ${ITEMS[input.item]} (${plain(supplier)}, order ${plain(orderNumber)}).`,
        })
      },
      undo: {
        title: 'Take the message back',
        run: ({ use, rules, run, result }) =>
          use(slack).withdrawMessage({
            channel: rules.channel('runs', 'equipment-request'),
            key: `equipment/${run.id}`,
            notBefore: run.startedAt,
            posted: result,
          }),
      },
    })
  },
)

/** Slack reads these signs as markup. */
const plain = (text: string): string => text.replace(/[&<>*_~`]/g, '')
