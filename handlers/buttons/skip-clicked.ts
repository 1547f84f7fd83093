import type { ButtonHandler } from '../../src/slack/handler.ts'
import { actionIds } from '../../views/action-ids.ts'
import { skipModal } from '../../views/modals/skip-modal.ts'
import { decodeStepRef } from '../../views/references.ts'
import { texts } from '../../views/texts/index.ts'
import { openStepWindow } from '../step-window.ts'

const DAY_MS = 86_400_000

/** Asks why a step is skipped, and says beforehand what follows. */
export const skipClicked: ButtonHandler = {
  action: actionIds.skip,
  async handle(press, ports) {
    await openStepWindow(ports, press, {
      title: texts.stepWindows.skip.title,
      ref: decodeStepRef(press.value),
      action: 'skip',
      seconded: 'skip',
      async draw(about) {
        const { run } = about
        const rules = run.heldBack ? ports.rules.current() : await ports.rules.at(run.rules)
        return skipModal(about, ports.clock.now() + rules.debtDueDays * DAY_MS)
      },
    })
  },
}
