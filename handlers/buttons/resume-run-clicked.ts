import type { ButtonHandler } from '../../src/slack/handler.ts'
import { actionIds } from '../../views/action-ids.ts'
import { decodeRunRef } from '../../views/references.ts'
import { tell } from '../answer.ts'
import { decide } from '../decide.ts'
import { runAtHand } from '../run-at-hand.ts'

/** Lets a paused run go on; whoever comes second is told who was first. */
export const resumeRunClicked: ButtonHandler = {
  action: actionIds.resumeRun,
  async handle(press, ports) {
    const at = await runAtHand(ports, press, { id: decodeRunRef(press.value), action: 'pause' })
    if (!at.ok) return await tell(ports, press, at.answer)
    const run = at.found.run.id
    const decided = await decide(ports, press, { run, decision: { kind: 'resume', reason: null } })
    if (!decided.ok) await tell(ports, press, decided.answer)
  },
}
