import { gaveUp } from '../../src/domain/earlier.ts'
import { ended } from '../../src/domain/run.ts'
import type { ButtonHandler } from '../../src/slack/handler.ts'
import { actionIds } from '../../views/action-ids.ts'
import { decodeRunRef } from '../../views/references.ts'
import { texts } from '../../views/texts/index.ts'
import { aboutRun } from '../answer.ts'
import { openWindow } from '../open-window.ts'
import { proposeWindow } from '../propose-window.ts'
import { restartForm, runToRestart } from '../restart-form.ts'
import { cameTooLate } from '../too-late.ts'

/** Shows what a restart does and what it goes by, as long as there is something to restart. */
export const restartClicked: ButtonHandler = {
  action: actionIds.restartRun,
  async handle(press, ports) {
    await openWindow(ports, {
      asked: press,
      title: texts.runWindows.restart.title,
      async draw() {
        const at = await runToRestart(ports, press, decodeRunRef(press.value))
        if (!at.ok) return at
        const { run, definition } = at.found
        if (ended(run))
          return { ok: false, answer: await cameTooLate(ports, { run, by: gaveUp(run), status: run.status }) }
        const form = restartForm(ports, { run, definition })
        const view = await proposeWindow(ports, { run, step: null, decision: 'restart' }, form)
        return { ok: true, found: { view, about: aboutRun(run) } }
      },
    })
  },
}
