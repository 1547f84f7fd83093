import type { SubmissionAnswer } from '../../src/slack/handler.ts'
import { noticeModal } from '../../views/answers/notice-modal.ts'
import type { Drawing } from '../../views/drawing.ts'
import { fieldErrors } from '../../views/modals/field-errors.ts'
import { texts } from '../../views/texts/index.ts'
import type { Found } from '../answer.ts'
import { shownInputs } from './shown-inputs.ts'

/** In the place of the form: why it was not carried out. */
export const notDone = (drawing: Drawing, title = texts.windows.notDone): SubmissionAnswer => ({
  kind: 'update',
  view: noticeModal(title, drawing),
})

/** What does not fit, at its fields; null when it was something else that came of it. */
export function errorsOr(
  decided: Found<unknown>,
  { values, prefix }: { values: unknown; prefix: string },
): SubmissionAnswer | null {
  if (decided.ok || !decided.errors) return null
  const errors = fieldErrors(decided.errors, { blocks: shownInputs(values), prefix })
  return Object.keys(errors).length > 0 ? { kind: 'errors', errors } : null
}

/** Closes the form of a decision that was taken, or says in its place why not. */
export const closedOr = (decided: Found<unknown>): SubmissionAnswer =>
  decided.ok ? { kind: 'close' } : notDone(decided.answer.drawing, decided.answer.title)
