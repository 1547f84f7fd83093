import type { Run } from '../../src/domain/run.ts'
import { runStatus } from '../cards/run-status.ts'
import type { DrawContext } from '../drawing.ts'
import { bold, day, outside, time, type Words } from '../rich-text.ts'
import { stepTitle } from '../step-title.ts'
import { texts } from '../texts/index.ts'
import { type AnswerInTime, type FoundInTime, pointsOfRuns } from './points-of-runs.ts'
import type { RunInAnswer } from './status-answer.ts'

const MOST_FAILURES = 3

/** Answers "what failed yesterday?": each failure of that time with its reason, and how the run stands now. */
export function failedAnswer({ runs, unopened, span }: FoundInTime, ctx: DrawContext): AnswerInTime {
  const says = texts.runAnswers
  const told = runs.flatMap((of) => {
    const failures = failuresIn(of, span)
    if (failures.length === 0) return []
    const more = failures.length - MOST_FAILURES
    const earlier: Words[] = more > 0 ? [[says.earlier(more)]] : []
    const now = says.now(runStatus(of.run, of.outline, ctx))
    return [{ of, points: [...earlier, ...failures.slice(-MOST_FAILURES), now] }]
  })
  const head = says.failedIn({ runs: told.length, since: day(span.since), until: day(span.until) })
  return { drawing: pointsOfRuns({ head, told, unopened }), shown: told.map(({ of }) => of) }
}

const FAILURES: readonly Run['history'][number]['kind'][] = ['step-failing', 'step-failed', 'step-unknown']

function failuresIn({ run, outline }: RunInAnswer, { since, until }: FoundInTime['span']): Words[] {
  return run.history
    .filter(({ kind, at }) => FAILURES.includes(kind) && at >= since && at <= until)
    .map((line) => {
      const title = line.step === null ? outline.title : stepTitle(outline, line.step)
      const why = outside(line.text ?? texts.runAnswers.itFailed, 300)
      return texts.runAnswers.failedAt({ step: bold(title, 80), at: [time(line.at, since)], why })
    })
}
