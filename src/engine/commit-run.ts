import type { AwaitedWrite, Change, CommitOutcome, Store, StoredRun } from '../../db/store.ts'
import type { CardMark } from '../domain/card.ts'
import { holdsMoved } from '../domain/holds-in.ts'
import type { HoldId } from '../domain/ids.ts'
import type { Awaited } from '../domain/inbox-item.ts'
import type { Run, StepFailure } from '../domain/run.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { SubjectKeys } from '../secrets/subject-keys.ts'
import { type BeginPorts, type BegunRun, decideWithBegun, isChildRefused } from './begin-runs.ts'
import { allAwaited, awaitedChange, matcher } from './event-wait.ts'
import type { RefusedStarts, RunChange } from './events.ts'
import type { Alive } from './load-run.ts'
import { encodeRun } from './run-codec.ts'
import { wakeAt } from './transition.ts'

export interface CommitPorts extends BeginPorts {
  store: Pick<Store, 'subjectByKey' | 'commit'>
  keys: SubjectKeys
  ledger: Ledger
  onStale(marks: readonly CardMark[]): void
  /** Told after each commit which steps have begun to wait for events. */
  onAwaiting?(awaited: readonly Awaited[]): void
  /** The cards of holds, which say how many runs wait. */
  holdCards(ids: readonly HoldId[]): CardMark[]
}

/** A change of something else: of a hold, or of a bulk retry. */
export type Alongside = Pick<Change, 'hold' | 'bulk' | 'entries' | 'cards'>

interface Committing<D> {
  decide(refusedStarts: RefusedStarts): D
  /** How the run itself is written. */
  write(run: Run): Omit<Change, 'at' | 'entries'>
  /** As it was; null when it begins. */
  before: Run | null
  part?: Alongside | undefined
}

type Committed<D> =
  | { outcome: null; decided: D; begun: BegunRun[] }
  | { outcome: CommitOutcome; decided: D & { change: RunChange }; begun: BegunRun[] }

/**
 * Decides and commits, with the runs that begin in the same moment; where the store does not take one of them, it is
 * decided anew. Without a change nothing is committed, and the outcome is null.
 */
export async function commitRun<D extends { change: RunChange | null }>(
  ports: CommitPorts,
  { decide, write, before, part }: Committing<D>,
): Promise<Committed<D>> {
  const refused = new Map<string, StepFailure>()
  for (;;) {
    const { decided, begun } = await decideWithBegun(ports, { decide, refused })
    const { change } = decided
    if (change === null) return { decided, begun, outcome: null }
    const all = [change, ...begun.map((each) => each.change)]
    const matchOf = matcher(ports.keys, change.run.team)
    const awaited = all.map((each, index) => awaitedChange(index === 0 ? before : null, each.run, matchOf))
    const moved = all.flatMap((each, index) => holdsMoved(index === 0 ? before : null, each.run))
    const holdCards = ports.holdCards([...new Set(moved)])
    const outcome = await ports.store.commit({
      at: ports.clock.now(),
      ...write(change.run),
      ...allAwaited(awaited),
      ...insertsOf(ports.keys, begun),
      inbox: all.flatMap(({ inbox }) => inbox),
      ...(part?.hold ? { hold: part.hold } : {}),
      ...(part?.bulk ? { bulk: part.bulk } : {}),
      entries: [
        ...all.flatMap(({ entries }) => entries.map((draft) => ports.ledger.entry(draft))),
        ...(part?.entries ?? []),
      ],
      cards: [...all.flatMap(({ cards }) => cards), ...holdCards, ...(part?.cards ?? [])],
    })
    if (isChildRefused(outcome, begun, refused)) continue
    if (outcome.kind === 'committed') {
      tellAwaiting(ports, awaited)
      if (holdCards.length > 0) ports.onStale(holdCards)
    }
    return { decided: { ...decided, change }, begun, outcome }
  }
}

/** A run as the store keeps it, with what lists and timers need beside it. */
export const rowOf = (
  keys: SubjectKeys,
  { definition, rules }: Pick<Alive, 'definition' | 'rules'>,
  run: Run,
): StoredRun =>
  encodeRun(run, keys, {
    wakeAt: wakeAt(run, { definition, rules }),
    manager: definition.manager?.(run.input) ?? null,
  })

function insertsOf(keys: SubjectKeys, begun: readonly BegunRun[]): Pick<Change, 'children' | 'begins' | 'subject'> {
  if (begun.length === 0) return {}
  const rows = begun.map((each) => ({ ...each, run: rowOf(keys, each, each.change.run) }))
  const next = rows.find(({ parent }) => parent === null)
  return {
    children: rows.flatMap(({ run, parent, startKey, subject }) => (parent ? { run, parent, startKey, subject } : [])),
    ...(next ? { begins: [{ kind: 'insert', run: next.run, startKey: next.startKey }], subject: next.subject } : {}),
  }
}

function tellAwaiting({ onAwaiting }: CommitPorts, awaited: readonly (AwaitedWrite | null)[]): void {
  const begun = awaited.flatMap((each) => each?.begun ?? [])
  if (begun.length > 0) onAwaiting?.(begun)
}
