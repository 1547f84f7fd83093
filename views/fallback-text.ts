import { limits } from './limits.ts'
import { type Words, wordsAsText } from './rich-text.ts'

/** The message's `text`: the same facts as its blocks, a line each; whole lines are left out at Slack's limit. */
export function fallbackText(all: readonly Words[]): string {
  let text = ''
  for (const words of all) {
    const line = wordsAsText(words)
    if (text.length + line.length + 3 > limits.fallbackText) return `${text}\n…`
    text = text === '' ? line : `${text}\n${line}`
  }
  return text
}
