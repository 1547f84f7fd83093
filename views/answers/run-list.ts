import type { DrawContext, Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { paragraph, type Words } from '../rich-text.ts'
import { texts } from '../texts/index.ts'
import type { SomeOf } from './some-of.ts'
import { inList, listEntry, type RunInAnswer } from './status-answer.ts'

export type ListedRuns = 'stuck' | 'needs-you' | 'in-flight' | 'waiting' | 'my-waits' | 'my-runs'

const MOST_RUNS = 15

/** Answers "what is stuck?" and the like: each run in two lines, with a button that shows it whole. */
export function runList(which: ListedRuns, found: SomeOf<RunInAnswer>, ctx: DrawContext): Drawing {
  const { none, some } = texts.lists.runs[which]
  const head: Words = [found.count === 0 ? none : some(found.count)]
  const shown = found.first.slice(0, MOST_RUNS)
  const more = found.count - shown.length
  const rest: Words[] = more > 0 ? [[texts.lists.moreRuns(more)]] : []
  return {
    blocks: [
      paragraph(...head),
      ...shown.flatMap((each) => listEntry(each, ctx)),
      ...rest.map((words) => paragraph(...words)),
    ],
    text: fallbackText([head, ...shown.map((each) => inList(each, ctx)), ...rest]),
  }
}
