import type { Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { bold, labelled, outside, paragraph, type Words } from '../rich-text.ts'

const EXAMPLES: readonly Words[] = [
  ['how is Jane Doe’s onboarding going?'],
  ['jane@acme.example'],
  ['what is stuck?'],
  ['what is running?'],
  ['who is waiting for me?'],
]

/** Something was said that is none of the questions Purser knows. */
export function notUnderstood(said: string): Drawing {
  const says: Words = ['I do not know what to make of ', outside(`“${said}”`, 200), '.']
  const more: Words = ['To start something, use ', bold('/run'), '; ', bold('/purser'), ' shows everything else.']
  return {
    blocks: [paragraph(...says), labelled('You can ask for example', { points: [...EXAMPLES] }), paragraph(...more)],
    text: fallbackText([says, ...EXAMPLES, more]),
  }
}
