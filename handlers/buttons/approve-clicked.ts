import type { ButtonHandler } from '../../src/slack/handler.ts'
import { actionIds } from '../../views/action-ids.ts'
import { decodeStepRef } from '../../views/references.ts'
import { tell } from '../answer.ts'
import { askedAtHand } from '../asked-at-hand.ts'
import { decide } from '../decide.ts'

/** Approves; the card shows what follows, only a refusal needs words. */
export const approveClicked: ButtonHandler = {
  action: actionIds.approve,
  async handle(press, ports) {
    const at = await askedAtHand(ports, press, { ref: decodeStepRef(press.value) })
    if (!at.ok) return await tell(ports, press, at.answer)
    const { run, step, person } = at.found
    const as = { email: person.email, groups: person.groups }
    const decision = { kind: 'approve', step: step.key, stepVersion: step.version, as } as const
    const decided = await decide(ports, press, { run: run.id, decision })
    if (!decided.ok) return await tell(ports, press, decided.answer)
    // In the App Home there is no card that changes by itself.
    if (press.place.channel === null) await ports.home.show(press)
  },
}
