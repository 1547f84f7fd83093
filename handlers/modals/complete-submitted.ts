import { definitionOf } from '../../src/engine/definition-of.ts'
import type { ModalHandler } from '../../src/slack/handler.ts'
import { callbackIds } from '../../views/action-ids.ts'
import { fieldErrors } from '../../views/modals/field-errors.ts'
import { readInputs } from '../../views/modals/read-inputs.ts'
import { decodeStepRef } from '../../views/references.ts'
import { askedAtHand } from '../asked-at-hand.ts'
import { decide } from '../decide.ts'
import { outputErrors } from './output-errors.ts'
import { shownInputs } from './shown-inputs.ts'
import { closedOr, notDone } from './submitted.ts'

/** Marks a task as done, with the evidence that the workflow asks for. */
export const completeSubmitted: ModalHandler = {
  callback: callbackIds.complete,
  async handle(submission, ports) {
    const at = await askedAtHand(ports, submission, { ref: decodeStepRef(submission.metadata) })
    if (!at.ok) return notDone(at.answer.drawing)
    const { run, step, person, definition } = at.found
    const output = readInputs(submission.values)
    const errors = outputErrors(definitionOf(definition, step.key)?.output, output)
    if (errors) {
      const placed = fieldErrors(errors, { blocks: shownInputs(submission.values) })
      return { kind: 'errors', errors: placed }
    }
    const as = { email: person.email, groups: person.groups }
    const decision = { kind: 'complete', step: step.key, stepVersion: step.version, as, output } as const
    return closedOr(await decide(ports, submission, { run: run.id, decision }))
  },
}
