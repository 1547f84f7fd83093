import { z } from 'zod'
import { type ButtonHandler, drawContext } from '../../src/slack/handler.ts'
import { actionIds } from '../../views/action-ids.ts'
import { closeDebtModal, handOverDebtModal } from '../../views/modals/debt-modals.ts'
import { decodeDebtRef } from '../../views/references.ts'
import { texts } from '../../views/texts/index.ts'
import { aboutRun } from '../answer.ts'
import { debtAtHand } from '../debt-at-hand.ts'
import { openWindow } from '../open-window.ts'

const Close = z.looseObject({ action_id: z.literal(actionIds.closeDebt) })

/** Asks what shows that something owed is done, or who is to owe it. */
export const debtClicked: ButtonHandler = {
  action: /^debt\.(?:close|hand-over)$/,
  async handle(press, ports) {
    const closes = Close.safeParse(press.action).success
    await openWindow(ports, {
      asked: press,
      title: (closes ? texts.debtWindows.close : texts.debtWindows.handOver).title,
      async draw() {
        const ref = decodeDebtRef(press.value)
        const at = await debtAtHand(ports, press, { ref, action: closes ? 'mark-done' : 'escalate' })
        if (!at.ok) return at
        const { run, debt, definition } = at.found
        const shown = { run, debt, outline: definition.outline }
        const view = (closes ? closeDebtModal : handOverDebtModal)(shown, drawContext(ports))
        return { ok: true, found: { view, about: { ...aboutRun(run), step: debt.step } } }
      },
    })
  },
}
