import type { InboxHead } from '../../db/store.ts'
import type { Found } from '../domain/alert.ts'
import type { TrueAges } from '../domain/true-ages.ts'
import type { Rules } from '../rules/rules.ts'

interface When {
  rules: Pick<Rules, 'event'>
  ages: Pick<TrueAges, 'since'>
  lateMs: number
}

/** What came in, and of which nothing has become by when it should. */
export const overdueItems = (items: readonly InboxHead[], when: When): Found[] =>
  items.flatMap((item) => overdueItem(item, when) ?? [])

function overdueItem(item: InboxHead, { rules, ages, lateMs }: When): Found | null {
  const { id, team, source, receivedAt } = item
  const at = { team, run: null, step: null }
  switch (item.status) {
    case 'stuck': {
      const matter = { kind: 'not-usable', item: id, source, code: item.code ?? 'unknown' } as const
      return { ...at, id: `not-usable/${id}`, matter, since: receivedAt }
    }
    case 'new': {
      const matter = { kind: 'not-begun', item: id, source } as const
      return ages.since(receivedAt) < lateMs ? null : { ...at, id: `not-begun/${id}`, matter, since: receivedAt }
    }
    case 'kept': {
      const { earlyMs } = rules.event(item.code ?? '')
      const matter = { kind: 'not-usable', item: id, source, code: 'nobody-waits' } as const
      return ages.since(receivedAt) < earlyMs
        ? null
        : { ...at, id: `not-awaited/${id}`, matter, since: receivedAt + earlyMs }
    }
    default:
      return null
  }
}
