import type { Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { labelled, outside, paragraph, type Words } from '../rich-text.ts'
import { texts } from '../texts/index.ts'
import type { RunInAnswer } from './status-answer.ts'
import { aboutButtons } from './which-run.ts'

/** Something was said that is none of the questions Purser knows; of whom it names, each has a button for how they stand. */
export function notUnderstood(said: string, named: readonly RunInAnswer[] = []): Drawing {
  const { notUnderstood: unclear, youCanAsk, examples, toStart } = texts.questions
  const says = unclear(outside(texts.words.quoted(said), 200))
  if (named.length > 0) return offerStatus(says, named)
  const points = examples.map((example): Words => [example])
  const more = toStart()
  return {
    blocks: [paragraph(...says), labelled(youCanAsk, { points }), paragraph(...more)],
    text: fallbackText([says, ...points, more]),
  }
}

/** More was said than is read at once. */
export function tooLong(): Drawing {
  const says: Words = [texts.questions.tooLong]
  return { blocks: [paragraph(...says)], text: fallbackText([says]) }
}

function offerStatus(says: Words, named: readonly RunInAnswer[]): Drawing {
  const offer: Words = [texts.questions.onlyAnswers]
  const { block, names } = aboutButtons(named, { kind: 'status', deed: null })
  return { blocks: [paragraph(...says), paragraph(...offer), block], text: fallbackText([says, offer, ...names]) }
}
