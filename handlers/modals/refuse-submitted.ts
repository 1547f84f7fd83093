import type { ModalHandler } from '../../src/slack/handler.ts'
import { callbackIds } from '../../views/action-ids.ts'
import { readReason } from '../../views/modals/reason-input.ts'
import { decodeStepRef } from '../../views/references.ts'
import { askedAtHand } from '../asked-at-hand.ts'
import { decide } from '../decide.ts'
import { closedOr, notDone } from './submitted.ts'

/** Refuses an approval, with the reason. */
export const refuseSubmitted: ModalHandler = {
  callback: callbackIds.refuse,
  async handle(submission, ports) {
    const read = readReason(submission.values)
    if (!read.ok) return { kind: 'errors', errors: read.errors }
    const at = await askedAtHand(ports, submission, { ref: decodeStepRef(submission.metadata) })
    if (!at.ok) return notDone(at.answer.drawing)
    const { run, step, person } = at.found
    const as = { email: person.email, groups: person.groups }
    const decision = { kind: 'refuse', step: step.key, stepVersion: step.version, as, reason: read.reason } as const
    return closedOr(await decide(ports, submission, { run: run.id, decision }))
  },
}
