import type { InboxHead } from '../../db/store.ts'
import type { Found } from '../domain/alert.ts'
import type { Rules } from '../rules/rules.ts'

interface When {
  rules: Pick<Rules, 'event'>
  now: number
  lateMs: number
}

/** What came in, and of which nothing has become by when it should. */
export const overdueItems = (items: readonly InboxHead[], when: When): Found[] =>
  items.flatMap((item) => overdueItem(item, when) ?? [])

function overdueItem(item: InboxHead, { rules, now, lateMs }: When): Found | null {
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
