import { ended } from '../../src/domain/run.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { texts } from '../texts/index.ts'
import { answerAboutRun } from './answer-about-run.ts'
import { failures } from './failures.ts'
import { openQuestions } from './open-questions.ts'
import type { RunInAnswer } from './status-answer.ts'

/** Answers "who is it waiting for?": each thing that is open, and whose turn it is. */
export function waitsAnswer(found: RunInAnswer, ctx: DrawContext): Drawing {
  const { run, outline } = found
  const { whatItWaitsFor, waitsForNobody, hasEnded } = texts.runAnswers
  const points = openQuestions(run, outline, ctx)
  if (points.length > 0) {
    return answerAboutRun(found, { says: failures(run, outline), label: whatItWaitsFor, points, tellsWaits: true }, ctx)
  }
  return answerAboutRun(found, { says: [[ended(run) ? hasEnded : waitsForNobody]] }, ctx)
}
