import type { ModalHandler } from '../../src/slack/handler.ts'
import { callbackIds } from '../../views/action-ids.ts'
import { INPUT_PREFIX, readEdited } from '../../views/modals/edited-input.ts'
import { readReason } from '../../views/modals/reason-input.ts'
import { decodeRestartRef } from '../../views/references.ts'
import { decide } from '../decide.ts'
import { restartForm, runToRestart } from '../restart-form.ts'
import { closedOr, errorsOr, notDone } from './submitted.ts'

/** Ends a run and begins it anew, in one. */
export const restartSubmitted: ModalHandler = {
  callback: callbackIds.restartRun,
  async handle(submission, ports) {
    const read = readReason(submission.values)
    if (!read.ok) return { kind: 'errors', errors: read.errors }
    const ref = decodeRestartRef(submission.metadata)
    const at = await runToRestart(ports, submission, ref?.run ?? null)
    if (!at.ok) return notDone(at.answer.drawing)
    const { run, definition } = at.found
    // What was said of the version that runs then holds no longer: it is looked through once more.
    if (ref?.version !== definition.version) return { kind: 'update', view: restartForm(ports, { run, definition }) }
    const input = readEdited(submission.values, definition.input, run.input)
    const decision = { kind: 'restart', reason: read.reason, input } as const
    const decided = await decide(ports, submission, { run: run.id, decision })
    return errorsOr(decided, { values: submission.values, prefix: INPUT_PREFIX }) ?? closedOr(decided)
  },
}
