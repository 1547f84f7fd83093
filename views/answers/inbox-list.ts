import type { KnownBlock } from '@slack/types'
import type { Why } from '../../src/domain/inbox-content.ts'
import type { InboxItem } from '../../src/domain/inbox-item.ts'
import type { Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { inboxButtons } from '../inbox-buttons.ts'
import { inboxReason } from '../inbox-words.ts'
import { bold, day, outside, paragraph, passage, type Words } from '../rich-text.ts'
import { count } from '../wording.ts'

interface Shown {
  item: InboxItem
  why: Why | null
}

export const MOST_ITEMS = 12

/** Answers `/purser inbox`: what came and of which nothing has become, the oldest first. */
export function inboxList(entries: readonly Shown[], total: number): Drawing {
  const head: Words = [
    total === 0
      ? '✅ Everything that came from outside has been dealt with.'
      : `📥 ${count(total, 'thing')} that came from outside ${total === 1 ? 'waits' : 'wait'}.`,
  ]
  const shown = entries.slice(0, MOST_ITEMS)
  const more = total - shown.length
  const rest: Words[] = more > 0 ? [[`And ${more} more, which come up here once these are dealt with.`]] : []
  const words = shown.map(itemWords)
  return {
    blocks: [
      paragraph(...head),
      ...shown.flatMap((each): KnownBlock[] => [paragraph(...itemWords(each)), inboxButtons(each.item.id)]),
      ...rest.map((line) => paragraph(...line)),
    ],
    text: fallbackText([head, ...words, ...rest]),
  }
}

function itemWords({ item, why }: Shown): Words {
  const what: Words = [
    bold(item.source, 60),
    ...(item.type === null ? [] : [' ', outside(item.type, 60)]),
    ', ',
    day(item.receivedAt),
    ': ',
  ]
  switch (item.status) {
    case 'kept':
      return ['⏳ ', ...what, 'kept until a step waits for ', bold(item.code ?? 'it', 80), '.']
    case 'new':
      return ['⏳ ', ...what, 'received, and being dealt with.']
    default:
      return ['⚠️ ', ...what, ...(why ? whyWords(why) : [...inboxReason(item.code ?? ''), '.'])]
  }
}

const whyWords = ({ message, hint }: Why): Words => [passage(message, 300), ' ', passage(hint, 300)]
