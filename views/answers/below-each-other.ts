import type { Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { limits } from '../limits.ts'
import { paragraph } from '../rich-text.ts'
import { texts } from '../texts/index.ts'

/** Answers to several questions in one message; those that no longer fit into it are asked for again. */
export function answersBelowEachOther(all: readonly Drawing[]): Drawing {
  const [first, ...others] = all
  if (!first) throw new Error('There is nothing to draw an answer from')
  const blocks = [...first.blocks]
  const told = [first.text]
  for (const { blocks: more, text } of others) {
    // One is kept for what is said of the rest.
    if (blocks.length + more.length + 2 > limits.messageBlocks) break
    blocks.push({ type: 'divider' }, ...more)
    told.push(text)
  }
  const left = all.length - told.length
  const rest = left > 0 ? [[texts.questions.askTheRest(left)]] : []
  return {
    blocks: [...blocks, ...rest.map((words) => paragraph(...words))],
    text: fallbackText([...told.map((text) => [text]), ...rest]),
  }
}
