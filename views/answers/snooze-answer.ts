import type { Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { day, lines, type Words } from '../rich-text.ts'

/** Somebody will be reminded: when, where, and that nothing else has changed. */
export function remindedLater(until: number): Drawing {
  const says: Words[] = [
    ['🔔 I will remind you ', day(until), ', in a direct message, if it still waits for you.'],
    ['Nothing changes for others, nor when it is due.'],
  ]
  return { blocks: [lines(says)], text: fallbackText(says) }
}
