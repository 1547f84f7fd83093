import type { ModalHandler } from '../../src/slack/handler.ts'
import { callbackIds } from '../../views/action-ids.ts'
import { itemGone } from '../../views/answers/inbox-answers.ts'
import { buttonForgotten } from '../../views/answers/private.ts'
import { readReason } from '../../views/modals/reason-input.ts'
import { decodeItemRef } from '../../views/references.ts'
import { actorOf } from '../answer.ts'
import { permitSomewhere } from '../permit.ts'
import { notDone } from './submitted.ts'

/** Dismisses something that came, with the reason. */
export const dismissItemSubmitted: ModalHandler = {
  callback: callbackIds.dismissItem,
  async handle(submission, ports) {
    const read = readReason(submission.values)
    if (!read.ok) return { kind: 'errors', errors: read.errors }
    const item = decodeItemRef(submission.metadata)
    if (!item) return notDone(buttonForgotten())
    const permitted = await permitSomewhere(ports, submission, 'start')
    if (!permitted.ok) return notDone(permitted.answer.drawing)
    const asked = { team: submission.team, item, by: actorOf(submission), reason: read.reason }
    const answer = await ports.inbox.dismiss(asked)
    return answer.kind === 'gone' ? notDone(itemGone(answer.item)) : { kind: 'close' }
  },
}
