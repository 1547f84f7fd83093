import type { ModalHandler } from '../../src/slack/handler.ts'
import { callbackIds } from '../../views/action-ids.ts'
import { readEvidence } from '../../views/modals/debt-modals.ts'
import { decodeDebtRef } from '../../views/references.ts'
import { debtAtHand } from '../debt-at-hand.ts'
import { decide } from '../decide.ts'
import { closedOr, notDone } from './submitted.ts'

/** Closes what a skip left, with what shows that it is done. */
export const closeDebtSubmitted: ModalHandler = {
  callback: callbackIds.closeDebt,
  async handle(submission, ports) {
    const read = readEvidence(submission.values)
    if (!read.ok) return { kind: 'errors', errors: read.errors }
    const at = await debtAtHand(ports, submission, { ref: decodeDebtRef(submission.metadata), action: 'mark-done' })
    if (!at.ok) return notDone(at.answer.drawing)
    const { run, debt } = at.found
    const decision = { kind: 'close-debt', step: debt.step, evidence: read.evidence } as const
    return closedOr(await decide(ports, submission, { run: run.id, decision }))
  },
}
