import type { ModalHandler } from '../../src/slack/handler.ts'
import { callbackIds } from '../../views/action-ids.ts'
import { INPUT_PREFIX, readEdited } from '../../views/modals/edited-input.ts'
import { readInputs } from '../../views/modals/read-inputs.ts'
import { decodeStepRef } from '../../views/references.ts'
import { decide } from '../decide.ts'
import { permit } from '../permit.ts'
import { stepAtHand } from '../run-at-hand.ts'
import { closedOr, errorsOr, notDone } from './submitted.ts'

/** Gives a run other values and tries its step again. */
export const editSubmitted: ModalHandler = {
  callback: callbackIds.edit,
  async handle(submission, ports) {
    const at = await stepAtHand(ports, submission, { ref: decodeStepRef(submission.metadata), action: 'retry' })
    if (!at.ok) return notDone(at.answer.drawing)
    const { run, step, definition } = at.found
    const permitted = await permit(ports, submission, { action: 'start', workflow: run.workflow })
    if (!permitted.ok) return notDone(permitted.answer.drawing)
    const { note } = readInputs(submission.values)
    const decision = {
      kind: 'edit',
      step: step.key,
      stepVersion: step.version,
      input: readEdited(submission.values, definition.input, run.input),
      reason: typeof note === 'string' ? note.slice(0, 500) : null,
    } as const
    const decided = await decide(ports, submission, { run: run.id, decision })
    return errorsOr(decided, { values: submission.values, prefix: INPUT_PREFIX }) ?? closedOr(decided)
  },
}
