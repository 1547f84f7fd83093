import type { Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { bold, paragraph, type Words } from '../rich-text.ts'

/** Purser restarted between a click and its window: what was pressed, and that it is to be pressed once more. */
export function interrupted(pressed: string | null): Drawing {
  const what: Words = pressed ? ['you pressed ', bold(pressed, 80)] : ['you pressed something here']
  const says: Words = ['🔄 Purser restarted while ', ...what, '. Nothing was changed by it: please do it again.']
  return { blocks: [paragraph(...says)], text: fallbackText([says]) }
}
