import { z } from 'zod'
import type { ButtonHandler } from '../../src/slack/handler.ts'
import { actionIds } from '../../views/action-ids.ts'
import { decodeStepRef } from '../../views/references.ts'
import { tell } from '../answer.ts'
import { decide } from '../decide.ts'
import { stepAtHand } from '../run-at-hand.ts'

const Absent = z.looseObject({ action_id: z.literal(actionIds.retryAbsent) })
const Today = z.looseObject({ action_id: z.literal(actionIds.retryToday) })

/** Retry, "it is not there: retry", and retry by today's rules. The card shows what follows; only a refusal needs words. */
export const retryClicked: ButtonHandler = {
  action: /^step\.retry(?:-absent|-today)?$/,
  async handle(press, ports) {
    const ref = decodeStepRef(press.value)
    const at = await stepAtHand(ports, press, { ref, action: 'retry' })
    if (!at.ok) return await tell(ports, press, at.answer)
    const { run, step } = at.found
    const provenAbsent = Absent.safeParse(press.action).success
    const rules = Today.safeParse(press.action).success ? 'today' : 'own'
    const decision = { kind: 'retry', step: step.key, stepVersion: step.version, provenAbsent, rules } as const
    const decided = await decide(ports, press, { run: run.id, decision })
    if (!decided.ok) return await tell(ports, press, decided.answer)
    // In the App Home there is no card that changes by itself.
    if (press.place.channel === null) await ports.home.show(press)
  },
}
