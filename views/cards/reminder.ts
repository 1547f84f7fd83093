import { type AskInAnswer, askEntry, askWords } from '../answers/ask-entry.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { paragraph, type Words } from '../rich-text.ts'

const HEAD: Words = ['🔔 You wanted to be reminded of this:']

/** What somebody wanted to be reminded of, with the buttons that answer it. */
export const reminder = (ask: AskInAnswer, ctx: DrawContext): Drawing => ({
  blocks: [paragraph(...HEAD), ...askEntry(ask, ctx)],
  text: fallbackText([HEAD, askWords(ask, ctx)]),
})
