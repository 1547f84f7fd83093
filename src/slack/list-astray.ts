import type { Store } from '../../db/store.ts'
import type { AstrayCards } from '../../views/answers/astray-list.ts'
import type { TeamId } from '../domain/ids.ts'

const MOST_CARDS = 2_000

/** Cards that cannot be shown where they belong, by channel and reason, the most first. */
export async function listAstray(store: Store, team: TeamId): Promise<AstrayCards[]> {
  const cards = (await store.astrayCards(MOST_CARDS)).filter((card) => card.team === team)
  const groups = Map.groupBy(
    cards.flatMap((card) => (card.undeliverable === null ? [] : [{ ...card, why: card.undeliverable }])),
    ({ channel, why }) => `${channel}\n${why}`,
  )
  return [...groups.values()]
    .flatMap((group) => {
      const [first] = group
      if (!first || (first.staleSince === null && first.detour === null)) return []
      const elsewhere = group.filter(({ detour }) => detour !== null).length
      return [{ channel: first.channel, why: first.why, count: group.length, elsewhere }]
    })
    .sort((a, b) => b.count - a.count)
}
