import type { DrawContext } from '../drawing.ts'
import { day } from '../rich-text.ts'
import { texts } from '../texts/index.ts'
import { type AnswerInTime, type FoundInTime, pointsOfRuns } from './points-of-runs.ts'
import { type AskedDeed, deedsOf } from './who-answer.ts'

/** Answers "who skipped steps last week?": who did it, in which run, and the entries in which that stands. */
export function deedsAnswer(
  { runs, unopened, span }: FoundInTime,
  deed: Exclude<AskedDeed, 'start'>,
  ctx: DrawContext,
): AnswerInTime {
  const told = runs.flatMap((of) => {
    const { says, entries } = deedsOf(of, { deed, span }, ctx)
    return says.length === 0 ? [] : [{ of, points: says, entries }]
  })
  const amount = told.reduce((sum, { points }) => sum + points.length, 0)
  const head = texts.runAnswers.deedsIn({ deed, amount, since: day(span.since), until: day(span.until) })
  return { drawing: pointsOfRuns({ head, told, unopened }), shown: told.map(({ of }) => of) }
}
