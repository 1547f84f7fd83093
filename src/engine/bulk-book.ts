import type { Change, Store } from '../../db/store.ts'
import type { Clock } from '../clock.ts'
import { actorText } from '../domain/actor.ts'
import type { Bulk } from '../domain/bulk.ts'
import { bulkCardId, type CardMark } from '../domain/card.ts'
import type { StoredEntry } from '../domain/entry.ts'
import type { BulkId, EntryId, Ids, TeamId } from '../domain/ids.ts'
import { createClaims } from '../egress/claims.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { RulesBook } from '../rules/rules.ts'
import type { SubjectKeys } from '../secrets/subject-keys.ts'
import type { BulkChange } from './decide-bulk.ts'
import { decodeBulk, encodeBulk } from './run-codec.ts'

export interface BulkBookPorts {
  store: Store
  ledger: Ledger
  keys: SubjectKeys
  rules: RulesBook
  clock: Clock
  ids: Ids
  onStale(marks: readonly CardMark[]): void
}

/** What a change of a bulk retry writes, for whoever commits it together with something else. */
export interface BulkPart {
  bulk: NonNullable<Change['bulk']>
  entries: StoredEntry[]
  cards: CardMark[]
}

/** The bulk retries that have not ended: in memory for whoever carries them on, and on disk before anybody does. */
export interface BulkBook {
  standing(): readonly Bulk[]
  /** As it stands, or as it ended. */
  find(team: TeamId, id: BulkId): Promise<Bulk | null>
  load(): Promise<void>
  draw(draft: Bulk): Promise<void>
  /** Changes one behind all earlier changes of it; null when `decide` has nothing to change. */
  change(id: BulkId, decide: (bulk: Bulk) => BulkChange | null): Promise<Bulk | null>
  /** The same, where `write` commits the part with something else; false: it did not. */
  changeWith(
    id: BulkId,
    decide: (bulk: Bulk) => BulkChange | null,
    write: (part: BulkPart) => Promise<boolean>,
  ): Promise<Bulk | null>
}

export function createBulkBook(ports: BulkBookPorts): BulkBook {
  const { store, keys, clock } = ports
  const standing = new Map<BulkId, Bulk>()
  const turns = createClaims()

  const remember = (bulk: Bulk): void => {
    if (bulk.status === 'ended' || bulk.status === 'forgotten') standing.delete(bulk.id)
    else standing.set(bulk.id, bulk)
  }

  const changeWith: BulkBook['changeWith'] = (id, decide, write) =>
    turns.hold(id, async () => {
      const before = standing.get(id)
      const decided = before && decide(before)
      if (!decided) return null
      const bulk = { ...decided.bulk, version: before.version + 1 }
      const part: BulkPart = {
        bulk: { kind: 'update', bulk: encodeBulk(bulk, keys), expected: before.version },
        entries: decided.entry ? [entryOf(ports, bulk, decided.entry)] : [],
        // A draft is shown in a window alone, and has no card.
        cards: bulk.status === 'forgotten' ? [] : [markOf(ports, bulk)],
      }
      if (!(await write(part))) return null
      remember(bulk)
      ports.onStale(part.cards)
      return bulk
    })

  return {
    standing: () => [...standing.values()],
    changeWith,
    change: (id, decide) =>
      changeWith(id, decide, async (part) => (await store.commit({ at: clock.now(), ...part })).kind === 'committed'),
    async find(team, id) {
      const known = standing.get(id)
      if (known) return known.team === team ? known : null
      const row = await store.bulkRetry(team, id)
      return row && decodeBulk(row, keys)
    },
    async load() {
      for (const row of await store.openBulkRetries()) {
        const bulk = decodeBulk(row, keys)
        if (bulk) remember(bulk)
      }
    },
    async draw(draft) {
      await keys.ensure([draft.team])
      await store.commit({ at: clock.now(), entries: [], bulk: { kind: 'insert', bulk: encodeBulk(draft, keys) } })
      remember(draft)
    },
  }
}

function entryOf(
  { ledger, clock, ids }: BulkBookPorts,
  bulk: Bulk,
  { by, of, ...parts }: NonNullable<BulkChange['entry']>,
): StoredEntry {
  const id: EntryId = ids.entry()
  const about = of ? { run: of.run, step: of.step } : {}
  return ledger.entry({ id, at: clock.now(), team: bulk.team, actor: actorText(by), subjects: [], ...about, ...parts })
}

/** In the channel of alerts. */
function markOf({ rules }: BulkBookPorts, { id, team }: Bulk): CardMark {
  const channel = rules.current().channel('alerts', '')
  const about = { kind: 'bulk', about: id, run: null, step: null, line: null } as const
  return { id: bulkCardId(id), team, ...about, channel, urgent: false }
}
