import type { ButtonHandler } from '../../src/slack/handler.ts'
import { actionIds } from '../../views/action-ids.ts'
import { decodeRunRef } from '../../views/references.ts'
import { tell } from '../answer.ts'
import { decide } from '../decide.ts'
import { runAtHand } from '../run-at-hand.ts'

/** Lets a run go on by today's rules whose own cannot be read any more. */
export const useRulesClicked: ButtonHandler = {
  action: actionIds.useRules,
  async handle(press, ports) {
    const at = await runAtHand(ports, press, { id: decodeRunRef(press.value), action: 'retry' })
    if (!at.ok) return await tell(ports, press, at.answer)
    const decided = await decide(ports, press, { run: at.found.run.id, decision: { kind: 'use-rules' } })
    if (!decided.ok) await tell(ports, press, decided.answer)
  },
}
