import { type AskInAnswer, askEntry, askWords } from '../answers/ask-entry.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { paragraph, type Words } from '../rich-text.ts'
import { texts } from '../texts/index.ts'

/** What somebody wanted to be reminded of, with the buttons that answer it. */
export function reminder(ask: AskInAnswer, ctx: DrawContext): Drawing {
  const head: Words = [texts.askCards.reminder]
  return { blocks: [paragraph(...head), ...askEntry(ask, ctx)], text: fallbackText([head, askWords(ask, ctx)]) }
}
