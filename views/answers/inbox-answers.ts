import { shortId } from '../../src/domain/ids.ts'
import type { Why } from '../../src/domain/inbox-content.ts'
import type { InboxItem } from '../../src/domain/inbox-item.ts'
import type { Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { bold, lines, passage, type Words } from '../rich-text.ts'
import { texts } from '../texts/index.ts'

const drawing = (...all: Words[]): Drawing => ({ blocks: [lines(all)], text: fallbackText(all) })

/** Something that came was tried again, and now it is dealt with. */
export const itemSettled = ({ status, run }: InboxItem): Drawing => {
  const { taken, doesNotMatter } = texts.inboxAnswers
  return drawing(status === 'taken' && run !== null ? taken(bold(shortId(run))) : [doesNotMatter])
}

/** It was tried again, and still waits. */
export function itemStillOpen({ status }: InboxItem, why: Why | null): Drawing {
  const { stillWaits, kept, notNow } = texts.inboxAnswers
  if (why) return drawing(stillWaits(passage(why.message, 700)), [passage(why.hint, 700)])
  return drawing([status === 'kept' ? kept : notNow])
}

/** Somebody was first. */
export const itemGone = (item: InboxItem | null): Drawing => {
  const { become, gone, whatWaits } = texts.inboxAnswers
  return drawing([(item && become[item.status]) || gone], whatWaits())
}
