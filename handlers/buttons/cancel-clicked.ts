import { gaveUp } from '../../src/domain/earlier.ts'
import { ended } from '../../src/domain/run.ts'
import type { ButtonHandler } from '../../src/slack/handler.ts'
import { actionIds } from '../../views/action-ids.ts'
import { cancelModal } from '../../views/modals/cancel-modal.ts'
import { decodeRunRef } from '../../views/references.ts'
import { texts } from '../../views/texts/index.ts'
import { aboutRun } from '../answer.ts'
import { openWindow } from '../open-window.ts'
import { proposeWindow } from '../propose-window.ts'
import { runAtHand } from '../run-at-hand.ts'
import { cameTooLate } from '../too-late.ts'

/** Asks why a run is cancelled, as long as there is something to cancel. */
export const cancelClicked: ButtonHandler = {
  action: actionIds.cancelRun,
  async handle(press, ports) {
    await openWindow(ports, {
      asked: press,
      title: texts.runWindows.cancel.title,
      async draw() {
        const at = await runAtHand(ports, press, { id: decodeRunRef(press.value), action: 'cancel' })
        if (!at.ok) return at
        const { run, definition } = at.found
        if (ended(run)) {
          return { ok: false, answer: await cameTooLate(ports, { run, by: gaveUp(run), status: run.status }) }
        }
        const window = cancelModal(run, definition.outline)
        const view = await proposeWindow(ports, { run, step: null, decision: 'cancel' }, window)
        return { ok: true, found: { view, about: aboutRun(run) } }
      },
    })
  },
}
