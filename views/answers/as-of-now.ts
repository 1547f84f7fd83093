import type { Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { paragraph } from '../rich-text.ts'
import { texts } from '../texts/index.ts'

/** An answer about now to a question about another time, which says so first. */
export function asOfNow({ blocks, text }: Drawing, isToCome: boolean): Drawing {
  const { isNow, willBe } = texts.questions
  const says = isToCome ? willBe : isNow()
  const words = typeof says === 'string' ? [says] : says
  return { blocks: [paragraph(...words), ...blocks], text: fallbackText([words, [text]]) }
}
