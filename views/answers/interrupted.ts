import type { Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { bold, paragraph } from '../rich-text.ts'
import { texts } from '../texts/index.ts'

/** Purser restarted between a click and its window: what was pressed, and that it is to be pressed once more. */
export function interrupted(pressed: string | null): Drawing {
  const says = texts.privateAnswers.interrupted(pressed ? bold(pressed, 80) : null)
  return { blocks: [paragraph(...says)], text: fallbackText([says]) }
}
