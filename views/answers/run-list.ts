import type { DrawContext, Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { paragraph, type Words } from '../rich-text.ts'
import { count } from '../wording.ts'
import type { SomeOf } from './some-of.ts'
import { inList, listEntry, type RunInAnswer } from './status-answer.ts'

export type ListedRuns = 'stuck' | 'needs-you' | 'in-flight' | 'waiting' | 'my-waits' | 'my-runs'

const MOST_RUNS = 15

const NONE: Record<ListedRuns, string> = {
  stuck: '✅ Nothing is stuck.',
  'needs-you': '✅ Nothing needs you right now.',
  'in-flight': 'Nothing is under way.',
  waiting: 'Nothing waits for anybody.',
  'my-waits': 'Nothing of yours waits for anybody.',
  'my-runs': 'Nothing of yours is under way.',
}

/** Answers "what is stuck?" and the like: each run in two lines, with a button that shows it whole. */
export function runList(which: ListedRuns, found: SomeOf<RunInAnswer>, ctx: DrawContext): Drawing {
  const head: Words = [headline(which, found.count)]
  const shown = found.first.slice(0, MOST_RUNS)
  const more = found.count - shown.length
  const rest: Words[] = more > 0 ? [[`And ${more} more: ask for one of them by name or id.`]] : []
  return {
    blocks: [
      paragraph(...head),
      ...shown.flatMap((each) => listEntry(each, ctx)),
      ...rest.map((words) => paragraph(...words)),
    ],
    text: fallbackText([head, ...shown.map((each) => inList(each, ctx)), ...rest]),
  }
}

function headline(which: ListedRuns, found: number): string {
  if (found === 0) return NONE[which]
  const waits = found === 1 ? 'waits' : 'wait'
  switch (which) {
    case 'stuck':
      return `🔴 ${count(found, 'run')} ${waits} for somebody.`
    case 'needs-you':
      return `🔴 ${count(found, 'run')} ${waits} for a decision that you may take.`
    case 'in-flight':
      return `🔵 ${count(found, 'run')} under way.`
    case 'waiting':
      return `🟡 ${count(found, 'run')} ${waits} for somebody or for a time.`
    case 'my-waits':
      return `🟡 ${count(found, 'run')} of yours ${waits} for somebody.`
    case 'my-runs':
      return `🔵 ${count(found, 'run')} of yours under way.`
  }
}
