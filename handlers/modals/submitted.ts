import type { SubmissionAnswer } from '../../src/slack/handler.ts'
import { noticeModal } from '../../views/answers/notice-modal.ts'
import type { Drawing } from '../../views/drawing.ts'
import type { Found } from '../answer.ts'

/** In the place of the form: why it was not carried out. */
export const notDone = (drawing: Drawing): SubmissionAnswer => ({
  kind: 'update',
  view: noticeModal('Not done', drawing),
})

/** Closes the form of a decision that was taken, or says in its place why not. */
export const closedOr = (decided: Found<unknown>): SubmissionAnswer =>
  decided.ok ? { kind: 'close' } : notDone(decided.answer.drawing)
