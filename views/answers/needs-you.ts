import type { DrawContext, Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { paragraph, type Words } from '../rich-text.ts'
import { texts } from '../texts/index.ts'
import { type AskInAnswer, askEntry, askWords } from './ask-entry.ts'
import { runList } from './run-list.ts'
import type { SomeOf } from './some-of.ts'
import type { RunInAnswer } from './status-answer.ts'

const MOST_ASKS = 10

interface NeedsYou {
  asks: readonly AskInAnswer[]
  /** Stuck runs that the asker may decide about. */
  blocked: SomeOf<RunInAnswer>
}

/** Answers "what needs me?": what the asker is asked for, each with its buttons, and what is stuck. */
export function needsYou({ asks, blocked }: NeedsYou, ctx: DrawContext): Drawing {
  if (asks.length === 0) return runList('needs-you', blocked, ctx)
  const shown = asks.slice(0, MOST_ASKS)
  const more = asks.length - shown.length
  const head: Words = [texts.lists.asks(asks.length)]
  const rest: Words[] = more > 0 ? [[texts.lists.moreAsks(more)]] : []
  const some = { ...blocked, first: blocked.first.slice(0, 5) }
  const stuck = blocked.count > 0 ? runList('needs-you', some, ctx) : null
  const text = fallbackText([head, ...shown.map((ask) => askWords(ask, ctx)), ...rest])
  return {
    blocks: [
      paragraph(...head),
      ...shown.flatMap((ask) => askEntry(ask, ctx)),
      ...rest.map((words) => paragraph(...words)),
      ...(stuck?.blocks ?? []),
    ],
    text: stuck && text.length + stuck.text.length < 3_900 ? `${text}\n${stuck.text}` : text,
  }
}
