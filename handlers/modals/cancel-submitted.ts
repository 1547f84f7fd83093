import type { ModalHandler } from '../../src/slack/handler.ts'
import { callbackIds } from '../../views/action-ids.ts'
import { readCancel } from '../../views/modals/cancel-modal.ts'
import { decodeRunRef } from '../../views/references.ts'
import { decide } from '../decide.ts'
import { runAtHand } from '../run-at-hand.ts'
import { closedOr, notDone } from './submitted.ts'

/** Cancels a run, with the reason. */
export const cancelSubmitted: ModalHandler = {
  callback: callbackIds.cancelRun,
  async handle(submission, ports) {
    const read = readCancel(submission.values)
    if (!read.ok) return { kind: 'errors', errors: read.errors }
    const id = decodeRunRef(submission.metadata)
    const at = await runAtHand(ports, submission, { id, action: 'cancel' })
    if (!at.ok) return notDone(at.answer.drawing)
    // Progress elsewhere in the run does not void the wish to end it.
    const decision = { kind: 'cancel', reason: read.reason, undo: read.undo } as const
    return closedOr(await decide(ports, submission, { run: at.found.run.id, decision }))
  },
}
