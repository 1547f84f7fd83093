import type { StoredEntry } from '../src/domain/entry.ts'
import type { EntryId, RunId, SubjectId, TeamId, UserId } from '../src/domain/ids.ts'

/** The ledger: its entries, its tree, the files that its older parts stand in, and what people saved to ask it. */
export interface LedgerStore {
  /** Entries that match, newest first; `limit` at most, from behind `before`. */
  entries(filter: EntryFilter, before: EntryId | null, limit: number): Promise<StoredEntry[]>
  entry(team: TeamId, id: EntryId): Promise<StoredEntry | null>
  /** The call entries of a run, oldest first: what was sent, and what was answered. */
  callsOf(run: RunId): Promise<StoredEntry[]>

  /** The newest checkpoint of the ledger. */
  latestCheckpoint(): Promise<StoredCheckpoint | null>
  /** Whether somebody other than these actors has written entries behind the first `size` leaves. */
  hasEntriesBeyond(size: number, actors: readonly string[]): Promise<boolean>

  /** Parts of the ledger that stand in files, oldest first. */
  segments(): Promise<StoredSegment[]>
  /**
   * Takes entries out that stand in a segment's file, but for those of runs that have not ended: `limit` at most, in one
   * commit. Answers with how many; 0 when there are none.
   */
  removeArchived(limit: number): Promise<number>

  /** The queries of the ledger that somebody saved, by name. */
  savedQueries(team: TeamId, user: UserId): Promise<SavedQuery[]>
}

export interface LedgerWrites {
  /** The next leaves of the ledger's tree. */
  sealed?: SealedLeaves
  checkpoint?: StoredCheckpoint
  /** Somebody saves a query of the ledger, or forgets one. */
  savedQuery?: { kind: 'save'; saved: SavedQuery } | { kind: 'forget'; team: TeamId; user: UserId; name: string }
  /** A part of the ledger that stands in a file from now on. */
  segment?: StoredSegment
}

export interface EntryFilter {
  team: TeamId
  subjects?: readonly SubjectId[]
  /** Ids or ends of ids. */
  run?: string
  /** The name of an `each` matches its items too. */
  step?: string
  services?: readonly string[]
  /** `click` matches `click.received`; `decision.retry` only itself. */
  kinds?: readonly string[]
  method?: string
  status?: { from: number; to: number }
  actor?: string
  /** False: without what Purser's own looks at services sent, and what they were answered when all was well. */
  looks?: false
  /** False: without what only showed cards and answers in Slack; true: that alone. */
  painting?: boolean
  since?: number
  until?: number
}

/** Entries that have got their place in the ledger's tree, and the nodes which that completed. */
export interface SealedLeaves {
  leaves: readonly { leaf: number; entryRow: number; entry: EntryId; hash: Uint8Array }[]
  nodes: readonly { level: number; place: number; hash: Uint8Array }[]
}

export interface StoredCheckpoint {
  /** Leaves that it covers. */
  size: number
  at: number
  /** The signed note, in the C2SP format. */
  note: string
}

/** A query of the ledger under a name of its owner's. */
export interface SavedQuery {
  team: TeamId
  user: UserId
  name: string
  /** The query's text, under the team's key. */
  sealed: Uint8Array
  at: number
}

/** A part of the ledger in a file of its own. */
export interface StoredSegment {
  /** Leaves from here to before `toLeaf`. */
  fromLeaf: number
  toLeaf: number
  /** Rows of their first and last entry. */
  firstRow: number
  lastRow: number
  /** Its name; the folder is the one of the segments. */
  file: string
  /** SHA-256 of the file, hexadecimal. */
  digest: string
  /** Time of its newest entry, in milliseconds since 1970. */
  newest: number
  /** When it was written. */
  at: number
}
