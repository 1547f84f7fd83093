import { ended } from '../../src/domain/run.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { answerAboutRun } from './answer-about-run.ts'
import { failures } from './failures.ts'
import { openQuestions } from './open-questions.ts'
import type { RunInAnswer } from './status-answer.ts'

/** Answers "who is it waiting for?": each thing that is open, and whose turn it is. */
export function waitsAnswer(found: RunInAnswer, ctx: DrawContext): Drawing {
  const { run, outline } = found
  const points = openQuestions(run, outline, ctx)
  if (points.length > 0) {
    return answerAboutRun(found, { says: failures(run, outline), label: 'What it waits for', points }, ctx)
  }
  return answerAboutRun(
    found,
    { says: [[ended(run) ? 'It waits for nobody: it has ended.' : 'It waits for nobody.']] },
    ctx,
  )
}
