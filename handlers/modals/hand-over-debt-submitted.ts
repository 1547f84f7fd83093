import type { ModalHandler } from '../../src/slack/handler.ts'
import { callbackIds } from '../../views/action-ids.ts'
import { readHandOver } from '../../views/modals/person-input.ts'
import { decodeDebtRef } from '../../views/references.ts'
import { debtAtHand } from '../debt-at-hand.ts'
import { decide } from '../decide.ts'
import { receiver } from './hand-over.ts'
import { closedOr, notDone } from './submitted.ts'

/** Gives what is owed to somebody else. */
export const handOverDebtSubmitted: ModalHandler = {
  callback: callbackIds.handOverDebt,
  async handle(submission, ports) {
    const read = readHandOver(submission.values)
    if (!read.ok) return { kind: 'errors', errors: read.errors }
    const at = await debtAtHand(ports, submission, { ref: decodeDebtRef(submission.metadata), action: 'escalate' })
    if (!at.ok) return notDone(at.answer.drawing)
    const found = await receiver(ports, submission, read.user)
    if (!found.ok) return { kind: 'errors', errors: { person: found.error } }
    const { run, debt } = at.found
    const decision = { kind: 'hand-over-debt', step: debt.step, to: found.to.actor, reason: read.note } as const
    return closedOr(await decide(ports, submission, { run: run.id, decision }))
  },
}
