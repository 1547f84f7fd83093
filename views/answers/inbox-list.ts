import type { KnownBlock } from '@slack/types'
import type { Why } from '../../src/domain/inbox-content.ts'
import type { InboxItem } from '../../src/domain/inbox-item.ts'
import type { Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { inboxButtons } from '../inbox-buttons.ts'
import { inboxReason } from '../inbox-words.ts'
import { bold, day, outside, paragraph, passage, type Words } from '../rich-text.ts'
import { texts } from '../texts/index.ts'

interface Shown {
  item: InboxItem
  why: Why | null
}

export const MOST_ITEMS = 12

/** Answers `/purser inbox`: what came and of which nothing has become, the oldest first. */
export function inboxList(entries: readonly Shown[], total: number): Drawing {
  const { nothingCame, came, moreCame } = texts.lists
  const head: Words = [total === 0 ? nothingCame : came(total)]
  const shown = entries.slice(0, MOST_ITEMS)
  const more = total - shown.length
  const rest: Words[] = more > 0 ? [[moreCame(more)]] : []
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
  const says = texts.lists
  const type = item.type === null ? null : outside(item.type, 60)
  const what = says.cameFrom({ source: bold(item.source, 60), type, at: day(item.receivedAt) })
  switch (item.status) {
    case 'kept':
      return says.kept(what, bold(item.code ?? says.keptFor, 80))
    case 'new':
      return says.received(what)
    default:
      return why
        ? says.stuckWith(what, passage(why.message, 300), passage(why.hint, 300))
        : says.stuckAs(what, inboxReason(item.code ?? ''))
  }
}
