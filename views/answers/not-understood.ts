import type { Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { bold, labelled, outside, paragraph, type Words } from '../rich-text.ts'
import type { RunInAnswer } from './status-answer.ts'
import { aboutButtons } from './which-run.ts'

const EXAMPLES: readonly Words[] = [
  ['how is Jane Doe’s onboarding going?'],
  ['jane@acme.example'],
  ['what is stuck?'],
  ['what is running?'],
  ['who is waiting for me?'],
]

/** Something was said that is none of the questions Purser knows; of whom it names, each has a button for how they stand. */
export function notUnderstood(said: string, named: readonly RunInAnswer[] = []): Drawing {
  const says: Words = ['I do not know what to make of ', outside(`“${said}”`, 200), '.']
  if (named.length > 0) return offerStatus(says, named)
  const more: Words = ['To start something, use ', bold('/run'), '; ', bold('/purser'), ' shows everything else.']
  return {
    blocks: [paragraph(...says), labelled('You can ask for example', { points: [...EXAMPLES] }), paragraph(...more)],
    text: fallbackText([says, ...EXAMPLES, more]),
  }
}

function offerStatus(says: Words, named: readonly RunInAnswer[]): Drawing {
  const offer: Words = ['I only answer questions. Do you want to know how this stands?']
  const { block, names } = aboutButtons(named, { kind: 'status', deed: null })
  return { blocks: [paragraph(...says), paragraph(...offer), block], text: fallbackText([says, offer, ...names]) }
}
