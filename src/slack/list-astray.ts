import type { Store } from '../../db/store.ts'
import type { AstrayCards } from '../../views/answers/astray-list.ts'
import type { Card } from '../domain/card.ts'
import type { TeamId } from '../domain/ids.ts'

const MOST_CARDS = 2_000

/** Cards that Slack does not take where they belong: they stand nowhere, or elsewhere. */
export async function astrayCardsOf(store: Store, team: TeamId): Promise<(Card & { undeliverable: string })[]> {
  const cards = (await store.astrayCards(MOST_CARDS)).filter((card) => card.team === team)
  return cards.flatMap((card) =>
    card.undeliverable === null || (card.staleSince === null && card.detour === null)
      ? []
      : [{ ...card, undeliverable: card.undeliverable }],
  )
}

/** The same by channel and reason, the most first. */
export async function listAstray(store: Store, team: TeamId): Promise<AstrayCards[]> {
  const groups = Map.groupBy(
    await astrayCardsOf(store, team),
    ({ channel, undeliverable }) => `${channel}\n${undeliverable}`,
  )
  return [...groups.values()]
    .flatMap((group) => {
      const [first] = group
      if (!first) return []
      const elsewhere = group.filter(({ detour }) => detour !== null).length
      return [{ channel: first.channel, why: first.undeliverable, count: group.length, elsewhere }]
    })
    .sort((a, b) => b.count - a.count)
}
