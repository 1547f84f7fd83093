import { actions, button } from '../blocks.ts'
import type { Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { bold, paragraph, type Words } from '../rich-text.ts'
import { texts } from '../texts/index.ts'

/** The button that asks for a window once more. */
export interface Again {
  action: string
  value: string
}

/** Slack's three seconds for a window were over; what was typed is in the button. */
export function windowOver({ action, value }: Again): Drawing {
  const says: Words = [texts.privateAnswers.windowOver]
  return {
    blocks: [paragraph(...says), actions([button({ text: texts.privateAnswers.openIt, action, value })])],
    text: fallbackText([says]),
  }
}

/** The same where a command asked for it: what was typed stands in the answer. */
export function windowOverTyped(command: string): Drawing {
  const says: Words = texts.formDrafts.typeAgain(bold(command, 500))
  return { blocks: [paragraph(...says)], text: fallbackText([says]) }
}
