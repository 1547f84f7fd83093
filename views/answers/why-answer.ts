import type { Run } from '../../src/domain/run.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { bold, moment, outside, type Words } from '../rich-text.ts'
import { stepTitle } from '../step-title.ts'
import { texts } from '../texts/index.ts'
import { answerAboutRun } from './answer-about-run.ts'
import { failing, failures, remedies } from './failures.ts'
import { openQuestions } from './open-questions.ts'
import type { RunInAnswer } from './status-answer.ts'

/** Answers "why did it fail?": each failure with its reason and the way out, also one that is over. */
export function whyAnswer(found: RunInAnswer, ctx: DrawContext): Drawing {
  const { run, outline } = found
  const answers = texts.runAnswers
  const now = failing(run, outline)
  if (now.length > 0) {
    const points = remedies(run, outline)
    return answerAboutRun(found, { says: failures(run, outline), label: answers.whatMendsIt, points }, ctx)
  }
  const past = earlierFailures(run).map(({ line, title }) =>
    answers.failedAt({
      step: bold(title, 80),
      at: moment(line.at, run.startedAt),
      why: outside(line.text ?? answers.itFailed, 400),
    }),
  )
  const ended = run.status === 'refused' || run.status === 'cancelled'
  const waits = openQuestions(run, outline, ctx)
  const says: Words[] = ended || waits.length > 0 ? [] : [[answers.nothingFails]]
  if (past.length > 0) return answerAboutRun(found, { says, label: answers.whatFailedBefore, points: past }, ctx)
  return answerAboutRun(found, { says, label: answers.whatItWaitsFor, points: waits }, ctx)

  function earlierFailures(of: Run) {
    return of.history
      .filter(({ kind }) => kind === 'step-failing' || kind === 'step-failed' || kind === 'step-unknown')
      .slice(-5)
      .map((line) => ({ line, title: line.step === null ? outline.title : stepTitle(outline, line.step) }))
  }
}
