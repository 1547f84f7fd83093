import type { TeamId } from '../../domain/ids.ts'
import type { InboxItem, InboxStatus } from '../../domain/inbox-item.ts'
import { createClaims } from '../../egress/claims.ts'
import { deliverKept } from './deliver-kept.ts'
import type { Inbox, InboxAnswer } from './inbox.ts'
import { insertItem, openItem, updateItem } from './inbox-item-store.ts'
import { type SettlePorts, settleNew } from './settle-item.ts'

/** Milliseconds between two looks for what a stop, or a store that did not answer, left. */
const LOOK_MS = 15_000
const PAGE = 100

interface Options extends SettlePorts {
  onError(error: unknown): void
}

/** What comes from outside. Nothing is done with it before `start`: it is only kept. */
export function createInbox(options: Options): Inbox {
  const { store, keys, clock, onError } = options
  const turns = createClaims()
  const underWay = new Set<Promise<unknown>>()
  let cancel = (): void => {}
  let state: 'shut' | 'open' | 'stopped' = 'shut'

  /** One item is dealt with by one at a time, and so are all that are kept for one match. */
  const inTurn = <T>(item: string, work: () => Promise<T>): Promise<T> => turns.hold(`item/${item}`, work)
  const deliver = (team: TeamId, match: string): Promise<void> =>
    turns.hold(`match/${match}`, () => deliverKept(options, team, match))

  const settle = async (team: TeamId, id: string): Promise<InboxItem | null> => {
    const item = await store.inboxItem(team, id)
    if (item?.status !== 'new' || state !== 'open') return item
    const settled = await settleNew(options, item)
    if (settled?.status !== 'kept' || settled.match === null) return settled ?? (await store.inboxItem(team, id))
    await deliver(team, settled.match)
    return await store.inboxItem(team, id)
  }

  const beside = (work: Promise<unknown>): void => {
    const watched = work.catch(onError).finally(() => underWay.delete(watched))
    underWay.add(watched)
  }

  const look = async (): Promise<void> => {
    for await (const { team, id } of openItems(options, null, ['new'])) {
      // One that cannot be settled does not hold up the others.
      await inTurn(id, () => settle(team, id)).catch(onError)
    }
    for (const { team, match } of await store.unmatched(PAGE)) await deliver(team, match).catch(onError)
  }
  const lookAgain = (): void => {
    if (state !== 'open') return
    cancel = clock.after(LOOK_MS, () => beside(look().finally(lookAgain)))
  }

  return {
    receive: (came) => insertItem(options, came),
    settle: (team, id) => inTurn(id, () => settle(team, id)),
    async list(team, limit) {
      const items = await store.openInbox(team, ['new', 'stuck', 'kept'], { after: null, limit })
      return items.map((item) => ({ item, why: openItem(keys, item)?.why ?? null }))
    },
    tryAgain: ({ team, item: id, by }) =>
      inTurn(id, async () => {
        const item = await store.inboxItem(team, id)
        if (!item || item.settledAt !== null) return { kind: 'gone', item }
        const fresh = { status: 'new', code: null, match: null, why: null, by, kind: 'inbox.retried' } as const
        if (item.status !== 'new' && !(await inMatch(turns, item, () => updateItem(options, item, fresh)))) {
          return { kind: 'gone', item: await store.inboxItem(team, id) }
        }
        return answerOf(options, await settle(team, id))
      }),
    dismiss: ({ team, item: id, by, reason }) =>
      inTurn(id, async () => {
        const item = await store.inboxItem(team, id)
        if (!item || item.settledAt !== null) return { kind: 'gone', item }
        const change = { status: 'dismissed', by, kind: 'inbox.dismissed', body: { reason } } as const
        const done = await inMatch(turns, item, () => updateItem(options, item, change))
        return done ? { kind: 'settled', item: done } : { kind: 'gone', item: await store.inboxItem(team, id) }
      }),
    onAwaiting(awaited) {
      if (state === 'stopped') return
      for (const { team, match } of awaited) beside(deliver(team, match))
    },
    async start() {
      state = 'open'
      await look().catch(onError)
      lookAgain()
    },
    async stop() {
      state = 'stopped'
      cancel()
      await Promise.all(underWay)
    },
  }
}

/** Apart from its being given to a step. */
const inMatch = <T>(
  turns: ReturnType<typeof createClaims>,
  { match }: InboxItem,
  work: () => Promise<T>,
): Promise<T> => (match === null ? work() : turns.hold(`match/${match}`, work))

function answerOf({ keys }: Options, item: InboxItem | null): InboxAnswer {
  if (!item) return { kind: 'gone', item }
  if (item.settledAt !== null) return { kind: 'settled', item }
  return { kind: 'open', item, why: openItem(keys, item)?.why ?? null }
}

/** All that are not settled, a page at a time. */
async function* openItems(
  { store }: Pick<Options, 'store'>,
  team: TeamId | null,
  statuses: readonly InboxStatus[],
): AsyncGenerator<InboxItem> {
  for (let after: string | null = null; ; ) {
    const page: InboxItem[] = await store.openInbox(team, statuses, { after, limit: PAGE })
    yield* page
    after = page.at(-1)?.id ?? null
    if (page.length < PAGE) return
  }
}
