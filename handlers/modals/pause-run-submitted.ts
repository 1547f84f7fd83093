import type { ModalHandler } from '../../src/slack/handler.ts'
import { callbackIds } from '../../views/action-ids.ts'
import { readPauseForm } from '../../views/modals/pause-run-modal.ts'
import { decodeRunRef } from '../../views/references.ts'
import { decide } from '../decide.ts'
import { runAtHand } from '../run-at-hand.ts'
import { closedOr, notDone } from './submitted.ts'

/** Pauses one run, with the reason and the end. */
export const pauseRunSubmitted: ModalHandler = {
  callback: callbackIds.pauseRun,
  async handle(submission, ports) {
    const read = readPauseForm(submission.values, ports.clock.now())
    if (!read.ok) return { kind: 'errors', errors: { ...read.errors } }
    const at = await runAtHand(ports, submission, { id: decodeRunRef(submission.metadata), action: 'pause' })
    if (!at.ok) return notDone(at.answer.drawing)
    const decision = { kind: 'pause', reason: read.reason, until: read.until } as const
    return closedOr(await decide(ports, submission, { run: at.found.run.id, decision }))
  },
}
