import { shortId } from '../../src/domain/ids.ts'
import { actorsIn } from '../../src/slack/draw-card.ts'
import { type ButtonHandler, type ButtonPress, drawContext, type HandlerPorts } from '../../src/slack/handler.ts'
import { showRunActions } from '../../views/action-ids.ts'
import { type RunInAnswer, statusAnswer } from '../../views/answers/status-answer.ts'
import { runModal } from '../../views/modals/run-modal.ts'
import { decodeRunRef } from '../../views/references.ts'
import { texts } from '../../views/texts/index.ts'
import { aboutRun, type Found, tell } from '../answer.ts'
import { openWindow } from '../open-window.ts'
import { runAtHand } from '../run-at-hand.ts'

/** Shows a run whole: beside the list that it was pressed in, or in a window where there is no channel. */
export const showRunClicked: ButtonHandler = {
  action: showRunActions,
  async handle(press, ports) {
    if (press.place.channel === null && press.place.responseUrl === null) return await inWindow(press, ports)
    const shown = await shownRun(press, ports)
    if (!shown.ok) return await tell(ports, press, shown.answer)
    const { run } = shown.found
    const status = { asked: shortId(run.id), found: [shown.found] }
    await tell(ports, press, { drawing: statusAnswer(status, drawContext(ports)), about: aboutRun(run) })
  },
}

async function inWindow(press: ButtonPress, ports: HandlerPorts): Promise<void> {
  await openWindow(ports, {
    asked: press,
    title: texts.runWindows.run,
    async draw() {
      const shown = await shownRun(press, ports)
      if (!shown.ok) return shown
      const view = runModal(shown.found, drawContext(ports))
      return { ok: true, found: { view, about: aboutRun(shown.found.run) } }
    },
  })
}

async function shownRun(press: ButtonPress, ports: HandlerPorts): Promise<Found<RunInAnswer>> {
  const at = await runAtHand(ports, press, { id: decodeRunRef(press.value), action: 'see' })
  if (!at.ok) return at
  const { run, definition } = at.found
  await ports.directory.learn(actorsIn(run))
  return { ok: true, found: { run, outline: definition.outline } }
}
