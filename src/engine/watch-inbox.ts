import type { Store } from '../../db/store.ts'
import type { Alert } from '../domain/alert.ts'
import type { InboxItem } from '../domain/inbox-item.ts'
import type { Rules } from '../rules/rules.ts'

type Found = Pick<Alert, 'team' | 'id' | 'run' | 'step' | 'matter' | 'since'>

/** Items that are looked through, and cards for one cause: the rest stands in the list. */
const MOST_ITEMS = 1_000
const MOST_OF_A_CAUSE = 5

/** What came in, and of which nothing has become by when it should. */
export async function overdueItems(
  store: Pick<Store, 'openInbox'>,
  { rules, now, lateMs }: { rules: Pick<Rules, 'event'>; now: number; lateMs: number },
): Promise<Found[]> {
  const page = { after: null, limit: MOST_ITEMS }
  const items = await store.openInbox(null, ['stuck', 'new', 'kept'], page)
  const causes = new Map<string, number>()
  return items.flatMap((item): Found[] => {
    const found = overdueItem(item, { rules, now, lateMs })
    if (!found) return []
    const cause = `${item.team} ${item.source} ${item.status} ${item.code}`
    const count = (causes.get(cause) ?? 0) + 1
    causes.set(cause, count)
    return count > MOST_OF_A_CAUSE ? [] : [found]
  })
}

function overdueItem(
  item: InboxItem,
  { rules, now, lateMs }: { rules: Pick<Rules, 'event'>; now: number; lateMs: number },
): Found | null {
  const { id, team, source, receivedAt } = item
  const at = { team, run: null, step: null }
  switch (item.status) {
    case 'stuck': {
      const matter = { kind: 'not-usable', item: id, source, code: item.code ?? 'unknown' } as const
      return { ...at, id: `not-usable/${id}`, matter, since: receivedAt }
    }
    case 'new': {
      const matter = { kind: 'not-begun', item: id, source } as const
      return now - receivedAt < lateMs ? null : { ...at, id: `not-begun/${id}`, matter, since: receivedAt }
    }
    case 'kept': {
      const since = receivedAt + rules.event(item.code ?? '').earlyMs
      const matter = { kind: 'not-usable', item: id, source, code: 'nobody-waits' } as const
      return now < since ? null : { ...at, id: `not-awaited/${id}`, matter, since }
    }
    default:
      return null
  }
}
