import type { ButtonHandler } from '../../src/slack/handler.ts'
import { nobody } from '../../src/slack/surface.ts'
import { buttonForgotten } from '../../views/answers/private.ts'
import { holdReasonModal } from '../../views/modals/hold-reason-modal.ts'
import { decodeHoldPress, holdActions } from '../../views/references.ts'
import { texts } from '../../views/texts/index.ts'
import { tell } from '../answer.ts'
import { decideHold, holdAtHand } from '../hold-at-hand.ts'
import { openWindow } from '../open-window.ts'

const WITH_REASON = new Set(['escalate', 'close', 'cancel-all'])

/** What is pressed on the card of a pause, an incident or a brake; what needs a reason asks for it first. */
export const holdClicked: ButtonHandler = {
  action: holdActions,
  async handle(press, ports) {
    const pressed = decodeHoldPress(press.action)
    if (!pressed) return await tell(ports, press, { drawing: buttonForgotten(), about: nobody(press.team) })
    const { kind, hold } = pressed
    if (!WITH_REASON.has(kind)) {
      const decided = await decideHold(ports, press, { hold, kind, reason: null })
      if (!decided.ok) await tell(ports, press, decided.answer)
      return
    }
    await openWindow(ports, {
      asked: press,
      title: texts.holdWindows.other.title,
      async draw() {
        const at = await holdAtHand(ports, press, pressed)
        if (!at.ok) return at
        return { ok: true, found: { view: holdReasonModal(pressed), about: nobody(press.team) } }
      },
    })
  },
}
