import { gaveUp } from '../../src/domain/earlier.ts'
import { ended } from '../../src/domain/run.ts'
import type { ButtonHandler } from '../../src/slack/handler.ts'
import { actionIds } from '../../views/action-ids.ts'
import { pauseRunModal } from '../../views/modals/pause-run-modal.ts'
import { decodeRunRef } from '../../views/references.ts'
import { texts } from '../../views/texts/index.ts'
import { aboutRun } from '../answer.ts'
import { openWindow } from '../open-window.ts'
import { runAtHand } from '../run-at-hand.ts'
import { cameTooLate } from '../too-late.ts'

/** Asks why a run is paused and until when, as long as it goes on. */
export const pauseRunClicked: ButtonHandler = {
  action: actionIds.pauseRun,
  async handle(press, ports) {
    await openWindow(ports, {
      asked: press,
      title: texts.runWindows.pause.title,
      async draw() {
        const at = await runAtHand(ports, press, { id: decodeRunRef(press.value), action: 'pause' })
        if (!at.ok) return at
        const { run, definition } = at.found
        if (ended(run) || run.paused) {
          const by = run.paused ? { kind: 'pause' as const, ...run.paused } : gaveUp(run)
          return { ok: false, answer: await cameTooLate(ports, { run, by, status: run.status }) }
        }
        return { ok: true, found: { view: pauseRunModal(run, definition.outline), about: aboutRun(run) } }
      },
    })
  },
}
