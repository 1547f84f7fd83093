import type { ModalHandler } from '../../src/slack/handler.ts'
import { callbackIds } from '../../views/action-ids.ts'
import { draftGone } from '../../views/answers/bulk-answers.ts'
import { MOST_PER_MINUTE } from '../../views/modals/bulk-retry-modal.ts'
import { readInputs } from '../../views/modals/read-inputs.ts'
import { decodeBulkRef } from '../../views/references.ts'
import { texts } from '../../views/texts/index.ts'
import { actorOf } from '../answer.ts'
import { permitSomewhere } from '../permit.ts'
import { notDone } from './submitted.ts'

/** Begins a bulk retry of what its window showed; rights are looked up once more, for each workflow. */
export const bulkRetrySubmitted: ModalHandler = {
  callback: callbackIds.bulkRetry,
  async handle(submission, ports) {
    const { name, rate } = readInputs(submission.values)
    const called = typeof name === 'string' ? name.slice(0, 60) : ''
    if (called.length < 3) {
      return { kind: 'errors', errors: { name: texts.bulkWindow.nameTooShort } }
    }
    if (typeof rate !== 'number' || !Number.isInteger(rate) || rate < 1 || rate > MOST_PER_MINUTE) {
      return { kind: 'errors', errors: { rate: texts.bulkWindow.rateWrong(MOST_PER_MINUTE) } }
    }
    const permitted = await permitSomewhere(ports, submission, 'retry')
    if (!permitted.ok) return notDone(permitted.answer.drawing)
    const rules = ports.rules.current()
    const bulk = decodeBulkRef(submission.metadata)
    const started =
      bulk &&
      (await ports.engine.bulks.start({
        ...{ team: submission.team, bulk, by: actorOf(submission), name: called, perMinute: rate },
        may: (workflow) => rules.may(permitted.found, 'retry', workflow),
      }))
    return started ? { kind: 'close' } : notDone(draftGone())
  },
}
