import type { ModalHandler } from '../../src/slack/handler.ts'
import { callbackIds } from '../../views/action-ids.ts'
import { buttonForgotten } from '../../views/answers/private.ts'
import { readReason } from '../../views/modals/reason-input.ts'
import { decodeHoldWish } from '../../views/references.ts'
import { decideHold } from '../hold-at-hand.ts'
import { closedOr, notDone } from './submitted.ts'

/** Carries out what was decided about a hold, with its reason. */
export const holdReasonSubmitted: ModalHandler = {
  callback: callbackIds.holdReason,
  async handle(submission, ports) {
    const read = readReason(submission.values)
    if (!read.ok) return { kind: 'errors', errors: read.errors }
    const wish = decodeHoldWish(submission.metadata)
    if (!wish) return notDone(buttonForgotten())
    return closedOr(await decideHold(ports, submission, { ...wish, reason: read.reason }))
  },
}
