import type { Card, CardMark, Place } from '../src/domain/card.ts'
import type { StoredEntry } from '../src/domain/entry.ts'
import type { AttemptId, CardId, HoldId, RunId, SubjectId, TeamId, UserId } from '../src/domain/ids.ts'
import type { RunStatus } from '../src/domain/run-status.ts'
import type { BulkWrite, DecisionStore, DeployedDefinition } from './decision-store.ts'
import type { EventStore, EventWrites } from './event-store.ts'
import type { HoldStore, HoldWrite, LookWrite } from './hold-store.ts'
import type { LedgerStore, LedgerWrites } from './ledger-store.ts'
import type { PeopleStore, PeopleWrites } from './people-store.ts'
import type { SweepStore } from './sweep-store.ts'

export type { DeployedDefinition, StoredBulk } from './decision-store.ts'
export type { AlertWrite, AwaitedWrite, InboxHead, InboxWrite } from './event-store.ts'
export type { HoldWrite, LookWrite, StoredHold } from './hold-store.ts'
export type { EntryFilter, SavedQuery, SealedLeaves, StoredCheckpoint, StoredSegment } from './ledger-store.ts'
export type { Unhandled } from './people-store.ts'

/**
 * What Purser remembers. Everything goes in and comes out as data, through promises; an answer to `commit` means that
 * it is on disk. `test/db/store-contract.ts` says what every implementation has to keep.
 */
export interface Store extends EventStore, HoldStore, DecisionStore, LedgerStore, PeopleStore, SweepStore {
  /** Writes a change whole or not at all; a guard that does not hold is an answer, not an error. */
  commit(change: Change): Promise<CommitOutcome>

  run(team: TeamId, id: RunId): Promise<StoredRun | null>
  /** Runs, newest first. */
  runs(filter: RunFilter, limit: number): Promise<StoredRun[]>
  /** The same without their states: for lists that are counted whole, and shown a page at a time. */
  runHeads(filter: RunFilter, limit: number): Promise<RunHead[]>
  /** Runs of every team that have not ended, or have work out, oldest first, from `after` on: what a restart takes up. */
  unfinishedRuns(after: RunId | null, limit: number): Promise<StoredRun[]>
  /** Ids of runs whose wake time has come, earliest first. */
  dueRuns(now: number, limit: number): Promise<{ team: TeamId; id: RunId; wakeAt: number }[]>
  /** Runs that wait to begin, in the order of their start. */
  runsInLine(limit: number): Promise<{ team: TeamId; id: RunId }[]>
  /** When the next run wants to be woken, in milliseconds since 1970. */
  nextWake(): Promise<number | null>
  /** Runs that steps of other runs began, where one of the two has not ended, by the id of the child, from `after` on. */
  kin(after: RunId | null, limit: number): Promise<Kin[]>
  counts(team: TeamId): Promise<Record<RunStatus, number>>
  /** When runs of a workflow started since then, newest first, in milliseconds since 1970. */
  startsSince(filter: { team: TeamId; workflow: string; since: number }, limit: number): Promise<number[]>

  /** Cards whose drawing is older than their state, from behind `after` on: by their turn, then oldest first. */
  staleCards(limit: number, after?: StalePlace | null): Promise<Card[]>
  /** How many runs' cards of this channel wait for their first message; no more than `most` are counted. */
  countUnposted(team: TeamId, channel: string, most: number): Promise<number>
  card(team: TeamId, id: CardId): Promise<Card | null>
  cardsOf(run: RunId): Promise<Card[]>
  /** Cards that Slack refused, that stand on a detour, that left a copy, or that the second path told of. */
  astrayCards(limit: number): Promise<Card[]>
  /** Runs under way whose card belongs to the channel, newest first, `limit` at most. */
  liveRunsIn(team: TeamId, channel: string, limit: number): Promise<RunId[]>
  /** The card that stands at this place in Slack. */
  cardAt(team: TeamId, channelId: string, ts: string): Promise<Card | null>

  subjects(team: TeamId, ids: readonly SubjectId[]): Promise<Subject[]>
  subjectByKey(team: TeamId, key: string): Promise<Subject | null>
  /** Subjects whose key or label holds every one of the words, best known first. */
  findSubjects(team: TeamId, words: readonly string[], limit: number): Promise<Subject[]>

  rulesVersion(version: number): Promise<RulesVersion | null>
  latestRules(): Promise<RulesVersion | null>

  /** Closes the files; what was given to `commit` before is still written. */
  close(): Promise<void>
}

/** All that belongs to one moment: it is committed together. */
export interface Change extends EventWrites, LedgerWrites, PeopleWrites {
  /** Milliseconds since 1970. */
  at: number
  run?: RunWrite
  /** Runs that begin in the same moment, because a step of `run` began them; their guards are those of a start. */
  children?: readonly ChildInsert[]
  /** Runs that begin as `run` ends; their guards are those of a start, for which it makes room. */
  begins?: readonly Extract<RunWrite, { kind: 'insert' }>[]
  entries: readonly StoredEntry[]
  cards?: readonly CardMark[]
  /** What the painter did. */
  painted?: PaintedCard
  /** What the second path has taken over, and what it has resolved. */
  told?: readonly { team: TeamId; id: CardId; told: Card['told'] }[]
  /**
   * Guards: a new one is refused while another of its kind stands over the same scope (`hold-stands`), a change when
   * somebody else changed it first (`version-moved`), and its end while runs wait for it (`hold-in-use`).
   */
  hold?: HoldWrite
  looks?: LookWrite
  subject?: Subject
  rules?: RulesVersion
  /** What runs from now on. */
  deployed?: readonly DeployedDefinition[]
  /** A bulk retry; one that somebody else changed first is refused (`version-moved`). */
  bulk?: BulkWrite
  /** A message from outside that must count once: its source and its id there. The guard `seen` answers a second one. */
  once?: { team: TeamId; source: string; id: string }
  /** Somebody waits until it is acknowledged: it goes before what machines have to write. */
  urgent?: boolean
  /** The attempt that wants to send: when its run no longer has it, nothing is written (guard `attempt-lost`). */
  lease?: { run: RunId; attempt: AttemptId }
}

export type RunWrite =
  /** `startKey`: the outside's name for this start; the same one again finds the first run. */
  { kind: 'insert'; run: StoredRun; startKey: string } | { kind: 'update'; run: StoredRun; expected: number }

/** A run that a step of another one began. */
export interface ChildInsert {
  run: StoredRun
  parent: RunId
  startKey: string
  subject: Subject
}

/** A run, and the one whose step began it. */
export interface Kin {
  team: TeamId
  parent: RunId
  child: RunId
}

export type CommitOutcome =
  | { kind: 'committed' }
  /** Somebody else changed the run first. */
  | { kind: 'version-moved' }
  /** This start was made before. `child`: which of the change's children it is, when it is one. */
  | { kind: 'already-started'; run: RunId; child?: RunId }
  /** An unfinished run of the same workflow is about the same subject. */
  | { kind: 'subject-busy'; run: RunId; child?: RunId }
  | { kind: 'hold-stands'; hold: HoldId }
  | { kind: 'hold-in-use' }
  /** The run would wait for a hold that is closed. */
  | { kind: 'hold-gone' }
  | { kind: 'seen' }
  | { kind: 'attempt-lost' }
  /** Somebody else has dealt with the item of the inbox. */
  | { kind: 'inbox-moved' }

/** A run's row: the state sealed under its subject's key, and what lists and timers need beside it. */
export interface StoredRun {
  id: RunId
  team: TeamId
  workflow: string
  definition: number
  status: RunStatus
  version: number
  subject: SubjectId
  startedAt: number
  endedAt: number | null
  /** When it next wants to be woken, in milliseconds since 1970. */
  wakeAt: number | null
  /** Since when it has waited to begin, in milliseconds since 1970; null when it does not. */
  inLine: number | null
  /** Attempts that are being carried out, for the lease. */
  attempts: readonly AttemptId[]
  /** How much of what its skips left is still owed. */
  owes: number
  /** How many of its steps ask people just now. */
  asks: number
  /** Who started it; null when a machine did. */
  starter: UserId | null
  /** The manager of whom it is about, who may see it whatever the rules say. */
  manager: UserId | null
  /** Holds that it waits for; a closed one is refused (guard `hold-gone`). */
  held: readonly HoldId[]
  sealed: Uint8Array
}

/** Where a card stands among the stale ones. */
export type StalePlace = Pick<Card, 'turn' | 'staleSince' | 'team' | 'id'>

export interface RunFilter {
  team: TeamId
  subjects?: readonly SubjectId[]
  statuses?: readonly RunStatus[]
  workflow?: string
  /** End of the id, as people name a run. */
  shortId?: string
  startedSince?: number
  endedSince?: number
  /** Only those of which something is still owed. */
  owing?: boolean
  /** Only those of which a step asks people now. */
  asking?: boolean
  /** Only those that this person started. */
  starter?: UserId
  /** Only those about somebody whose manager this is. */
  manager?: UserId
  /** Only those older than this one: the next page. */
  before?: RunId
}

/** What lists and counts need of a run, without its state. */
export type RunHead = Pick<
  StoredRun,
  'id' | 'team' | 'workflow' | 'status' | 'subject' | 'startedAt' | 'endedAt' | 'starter' | 'manager'
>

/** A person or firm that runs are about; the only place with names, and erasable. */
export interface Subject {
  id: SubjectId
  team: TeamId
  /** What the workflow says identifies it: `jane@acme.example`, in lower case. */
  key: string
  label: string
}

export interface PaintedCard {
  team: TeamId
  id: CardId
  /** The revision that was drawn; a mark made meanwhile stays. */
  revision: number
  ts: string | null
  channelId: string | null
  digest: string | null
  undeliverable: string | null
  detour: string | null
  left: Place | null
  late: Card['late']
}

export interface RulesVersion {
  version: number
  /** SHA-256 of the file's text. */
  digest: string
  text: string
  at: number
}
