import { actionIds } from '../action-ids.ts'
import { actions, button } from '../blocks.ts'
import type { Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { bold, paragraph, type Words } from '../rich-text.ts'

/** The first words in a channel that Purser was invited to, and three ways to begin. */
export function greeting(): Drawing {
  const says: Words = [
    '👋 This is Purser. I run your processes step by step, and ask here when one of them needs somebody.',
  ]
  const more: Words = ['Mention me with a question, such as ', bold('what is stuck?'), ', or begin with one of these:']
  const value = 'greeting'
  const buttons = [
    button({ text: 'Start a process', action: actionIds.greetStart, value, style: 'primary' }),
    button({ text: 'What is stuck?', action: actionIds.greetStuck, value }),
    button({ text: 'What can I do here?', action: actionIds.greetHelp, value }),
  ]
  return { blocks: [paragraph(...says), paragraph(...more), actions(buttons)], text: fallbackText([says, more]) }
}
