import { actionIds } from '../action-ids.ts'
import { actions, button } from '../blocks.ts'
import type { Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { paragraph, type Words } from '../rich-text.ts'
import { texts } from '../texts/index.ts'

/** The first words in a channel that Purser was invited to, and three ways to begin. */
export function greeting(): Drawing {
  const { greeting: hello, begin, startAProcess, whatIsStuck, whatCanIDo } = texts.help
  const says: Words = [hello]
  const more = begin()
  const value = 'greeting'
  const buttons = [
    button({ text: startAProcess, action: actionIds.greetStart, value, style: 'primary' }),
    button({ text: whatIsStuck, action: actionIds.greetStuck, value }),
    button({ text: whatCanIDo, action: actionIds.greetHelp, value }),
  ]
  return { blocks: [paragraph(...says), paragraph(...more), actions(buttons)], text: fallbackText([says, more]) }
}
