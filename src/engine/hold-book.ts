import type { HoldWrite, LookWrite, Store } from '../../db/store.ts'
import type { Clock } from '../clock.ts'
import { actorText } from '../domain/actor.ts'
import { type CardMark, holdCardId } from '../domain/card.ts'
import type { StoredEntry } from '../domain/entry.ts'
import { type Hold, isOver, scopeKey } from '../domain/hold.ts'
import type { EntryId, HoldId, Ids, TeamId } from '../domain/ids.ts'
import { createClaims } from '../egress/claims.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { RulesBook } from '../rules/rules.ts'
import type { SubjectKeys } from '../secrets/subject-keys.ts'
import { type HoldChange, opening } from './decide-hold.ts'
import { decodeHold, encodeHold } from './run-codec.ts'

export interface HoldBookPorts {
  store: Store
  ledger: Ledger
  keys: SubjectKeys
  rules: RulesBook
  clock: Clock
  ids: Ids
  onStale(marks: readonly CardMark[]): void
}

/** What a change of a hold writes, for whoever commits it together with something else. */
export interface HoldPart {
  hold: HoldWrite
  entries: StoredEntry[]
  cards: CardMark[]
  looks?: LookWrite
}

/** The holds that are not closed: in memory for whoever asks at every step, and on disk before anybody acts on them. */
export interface HoldBook {
  standing(): readonly Hold[]
  /** As it stands, or as it ended. */
  find(team: TeamId, id: HoldId): Promise<Hold | null>
  load(): Promise<void>
  /** There is one of a kind over one thing: opening another answers with the one that is there. */
  open(hold: Hold): Promise<{ kind: 'opened' | 'stands'; hold: Hold }>
  /** Changes a hold behind all earlier changes of it; null when `decide` has nothing to change, or it cannot end yet. */
  change(id: HoldId, decide: (hold: Hold, entry: EntryId) => HoldChange | null): Promise<Hold | null>
  /** The same, where `write` commits the part with something else; false: it did not. */
  changeWith(
    id: HoldId,
    decide: (hold: Hold) => HoldChange | null,
    write: (part: HoldPart) => Promise<boolean>,
  ): Promise<Hold | null>
  /** The cards of those that are not closed: they say how many runs wait, which the commit at hand changes. */
  cardsOf(ids: readonly HoldId[]): CardMark[]
}

export function createHoldBook(ports: HoldBookPorts): HoldBook {
  const { store, keys, clock, ids } = ports
  const standing = new Map<HoldId, Hold>()
  const turns = createClaims()
  let list: readonly Hold[] = []

  const remember = (hold: Hold): void => {
    if (isOver(hold)) standing.delete(hold.id)
    else standing.set(hold.id, hold)
    list = [...standing.values()]
  }

  const partOf = ({ hold, entry, urgent, overrules }: HoldChange, before: Hold | null, id: EntryId): HoldPart => {
    const stored = encodeHold(hold, keys)
    return {
      hold: before ? { kind: 'update', hold: stored, expected: before.version } : { kind: 'insert', hold: stored },
      entries: entry ? [entryOf(ports, { hold, entry, id })] : [],
      cards: [{ ...markOf(ports, hold, urgent), ...(entry?.by.kind === 'person' ? { clicked: true } : {}) }],
      ...(overrules ? { looks: { kind: 'overruled', team: hold.team, service: overrules } } : {}),
    }
  }

  const changeWith = (
    id: HoldId,
    decide: (hold: Hold, entry: EntryId) => HoldChange | null,
    write: (part: HoldPart) => Promise<boolean>,
  ): Promise<Hold | null> =>
    turns.hold(id, async () => {
      const before = standing.get(id)
      const entry = ids.entry()
      const decided = before && decide(before, entry)
      if (!decided) return null
      const change = { ...decided, hold: { ...decided.hold, version: before.version + 1 } }
      const part = partOf(change, before, entry)
      if (!(await write(part))) return null
      remember(change.hold)
      ports.onStale(part.cards)
      return change.hold
    })

  const commit = async (part: HoldPart): Promise<boolean> =>
    (await store.commit({ at: clock.now(), ...part })).kind === 'committed'

  return {
    standing: () => list,
    changeWith,
    change: (id, decide) => changeWith(id, decide, commit),
    async find(team, id) {
      const known = standing.get(id)
      if (known) return known.team === team ? known : null
      const row = await store.hold(team, id)
      return row && decodeHold(row, keys)
    },
    async load() {
      for (const row of await store.openHolds()) {
        const hold = decodeHold(row, keys)
        if (hold) remember(hold)
      }
    },
    async open(hold) {
      await keys.ensure([hold.team])
      const part = partOf(opening(hold), null, ids.entry())
      const outcome = await store.commit({ at: clock.now(), ...part })
      if (outcome.kind === 'committed') {
        remember(hold)
        ports.onStale(part.cards)
        return { kind: 'opened', hold }
      }
      const other = outcome.kind === 'hold-stands' ? await store.hold(hold.team, outcome.hold) : null
      const stands = other && decodeHold(other, keys)
      if (!stands) throw new Error(`a hold over ${scopeKey(hold.scope)} could not be opened: ${outcome.kind}`)
      return { kind: 'stands', hold: stands }
    },
    cardsOf: (ids) =>
      ids.flatMap((id) => {
        const hold = standing.get(id)
        return hold ? [markOf(ports, hold, false)] : []
      }),
  }
}

function entryOf(
  { ledger, clock }: HoldBookPorts,
  { hold, entry, id }: { hold: Hold; entry: NonNullable<HoldChange['entry']>; id: EntryId },
): StoredEntry {
  const { by, ...parts } = entry
  const service = hold.scope.of === 'service' ? { service: hold.scope.service } : {}
  return ledger.entry({
    id,
    at: clock.now(),
    team: hold.team,
    actor: actorText(by),
    subjects: [],
    ...service,
    ...parts,
  })
}

/** In the channel of alerts: of a pause of one workflow, that workflow's. */
function markOf({ rules }: HoldBookPorts, hold: Hold, urgent: boolean): CardMark {
  const workflow = hold.scope.of === 'workflow' ? hold.scope.workflow : ''
  const channel = rules.current().channel('alerts', workflow)
  const about = { kind: 'hold', about: hold.id, run: null, step: null, line: null } as const
  return { id: holdCardId(hold.id), team: hold.team, ...about, channel, urgent }
}
