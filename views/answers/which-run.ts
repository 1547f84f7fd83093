import type { ActionsBlock } from '@slack/types'
import { askAboutAction } from '../action-ids.ts'
import { actions, button } from '../blocks.ts'
import type { Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { tameList } from '../outside-text.ts'
import { type AskRef, encodeAskRef } from '../references.ts'
import { bold, outside, paragraph, type Words } from '../rich-text.ts'
import { texts } from '../texts/index.ts'
import type { RunInAnswer } from './status-answer.ts'

interface Unsure {
  /** As typed; empty for "it". */
  asked: string
  question: Omit<AskRef, 'run'>
  /** What could have been meant; may be none. */
  candidates: readonly RunInAnswer[]
  /** Whether these are what was found, and not merely near. */
  found: boolean
}

const MOST_BUTTONS = 5

/** Asks back whom somebody means, with a button each that answers the same question about them. */
export function whichRun({ asked, question, candidates, found }: Unsure): Drawing {
  const shown = candidates.slice(0, MOST_BUTTONS)
  const head = sentence(asked, found, shown.length)
  if (shown.length === 0) {
    const help = texts.questions.howToAsk()
    return { blocks: [paragraph(...head), paragraph(...help)], text: fallbackText([head, help]) }
  }
  const { block, names } = aboutButtons(shown, question)
  return { blocks: [paragraph(...head), block], text: fallbackText([head, ...names]) }
}

/** A button for each run that answers this question about it, and the same in words. */
export function aboutButtons(
  runs: readonly RunInAnswer[],
  question: Omit<AskRef, 'run'>,
): { block: ActionsBlock; names: Words[] } {
  const shown = runs.slice(0, MOST_BUTTONS)
  const buttons = shown.map(({ run, outline }, index) =>
    button({
      text: tameList([run.subject.label, outline.title]),
      action: askAboutAction(index),
      value: encodeAskRef({ ...question, run: run.id }),
    }),
  )
  const names = shown.map(({ run, outline }): Words => [bold(run.subject.label), ' · ', outside(outline.title)])
  return { block: actions(buttons), names }
}

function sentence(asked: string, found: boolean, candidates: number): Words {
  const { whichOne, unknownOne, severalMatch, unknown, didYouMean } = texts.questions
  if (asked === '') return [candidates > 0 ? whichOne : unknownOne]
  const what = outside(texts.words.quoted(asked), 150)
  if (found) return severalMatch(what)
  return candidates > 0 ? didYouMean(what) : unknown(what)
}
