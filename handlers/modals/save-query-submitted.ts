import type { ModalHandler } from '../../src/slack/handler.ts'
import { callbackIds } from '../../views/action-ids.ts'
import { readInputs } from '../../views/modals/read-inputs.ts'
import { withoutStamp } from '../../views/window-stamp.ts'
import { saveQuery } from '../ledger/saved-queries.ts'

/** Saves the window's query under the name that was entered; a name that does not fit is told at its field. */
export const saveQuerySubmitted: ModalHandler = {
  callback: callbackIds.saveQuery,
  async handle(submission, ports) {
    const { name } = readInputs(submission.values)
    const called = typeof name === 'string' ? name.trim() : ''
    const saved = await saveQuery(ports, submission, { name: called, query: withoutStamp(submission.metadata) })
    return saved.ok ? { kind: 'close' } : { kind: 'errors', errors: { name: `${saved.message} ${saved.hint}` } }
  },
}
