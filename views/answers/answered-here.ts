import type { Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { outside, paragraph } from '../rich-text.ts'
import { texts } from '../texts/index.ts'

/** An answer in direct messages, as the place where it was asked takes nothing. */
export function answeredHere({ blocks, text }: Drawing, why: string): Drawing {
  const words = texts.questions.answeredHere(outside(why, 200))
  return { blocks: [paragraph(...words), ...blocks], text: fallbackText([words, [text]]) }
}
