import { stepOf } from '../../src/domain/run.ts'
import { definitionOf } from '../../src/engine/definition-of.ts'
import type { ModalHandler } from '../../src/slack/handler.ts'
import { callbackIds } from '../../views/action-ids.ts'
import { buttonForgotten } from '../../views/answers/private.ts'
import { fieldErrors } from '../../views/modals/field-errors.ts'
import { OUTPUT_PREFIX, readMarkDone } from '../../views/modals/mark-done-modal.ts'
import { decodeStepRef } from '../../views/references.ts'
import { decide } from '../decide.ts'
import { runAtHand } from '../run-at-hand.ts'
import { outputErrors } from './output-errors.ts'
import { shownInputs } from './shown-inputs.ts'
import { closedOr, notDone } from './submitted.ts'

/** Marks a step as done, with what was found and the result that later steps take. */
export const markDoneSubmitted: ModalHandler = {
  callback: callbackIds.markDone,
  async handle(submission, ports) {
    const read = readMarkDone(submission.values)
    if (!read.ok) return { kind: 'errors', errors: read.errors }
    const ref = decodeStepRef(submission.metadata)
    const at = await runAtHand(ports, submission, { id: ref?.run ?? null, action: 'mark-done' })
    if (!at.ok) return notDone(at.answer.drawing)
    const step = ref && stepOf(at.found.run, ref.step)
    if (!step) return notDone(buttonForgotten())
    const errors = outputErrors(definitionOf(at.found.definition, step.key)?.output, read.output)
    if (errors) {
      const placed = fieldErrors(errors, { blocks: shownInputs(submission.values), prefix: OUTPUT_PREFIX })
      return { kind: 'errors', errors: placed }
    }
    const { reason, output } = read
    const decision = { kind: 'mark-done', step: ref.step, stepVersion: ref.version, reason, output } as const
    return closedOr(await decide(ports, submission, { run: ref.run, decision }))
  },
}
