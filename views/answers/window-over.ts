import { actions, button } from '../blocks.ts'
import type { Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { paragraph, type Words } from '../rich-text.ts'

/** The button that asks for a window once more. */
export interface Again {
  action: string
  value: string
}

/** Slack's three seconds for a window were over; what was typed is in the button. */
export function windowOver({ action, value }: Again): Drawing {
  const says: Words = [
    '⏱️ The window could not be opened: Slack waits three seconds for it, and they were over. Nothing you typed is lost.',
  ]
  return {
    blocks: [paragraph(...says), actions([button({ text: 'Open it', action, value })])],
    text: fallbackText([says]),
  }
}
