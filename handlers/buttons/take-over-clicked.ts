import type { ButtonHandler } from '../../src/slack/handler.ts'
import { actionIds } from '../../views/action-ids.ts'
import { decodeStepRef } from '../../views/references.ts'
import { tell } from '../answer.ts'
import { decide } from '../decide.ts'
import { stepAtHand } from '../run-at-hand.ts'

/** Makes a step one's own: Purser tries no more by itself. */
export const takeOverClicked: ButtonHandler = {
  action: actionIds.takeOver,
  async handle(press, ports) {
    const at = await stepAtHand(ports, press, { ref: decodeStepRef(press.value), action: 'retry' })
    if (!at.ok) return await tell(ports, press, at.answer)
    const { run, step } = at.found
    const decision = { kind: 'take-over', step: step.key, stepVersion: step.version } as const
    const decided = await decide(ports, press, { run: run.id, decision })
    if (!decided.ok) await tell(ports, press, decided.answer)
  },
}
