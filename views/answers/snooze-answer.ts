import type { Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { day, lines, type Words } from '../rich-text.ts'
import { texts } from '../texts/index.ts'

/** Somebody will be reminded: when, where, and that nothing else has changed. */
export function remindedLater(until: number): Drawing {
  const { remind, nothingElseChanges } = texts.askAnswers
  const says: Words[] = [remind(day(until)), [nothingElseChanges]]
  return { blocks: [lines(says)], text: fallbackText(says) }
}
