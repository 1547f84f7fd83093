import type { Period } from './period.ts'

/** What somebody did, as one asks "who …?". */
export type Deed = 'start' | 'approve' | 'refuse' | 'skip' | 'retry' | 'escalate' | 'complete' | 'hand-over' | 'cancel'

/** `otherTime`: a time that was named, of which the answer does not tell: it tells how things stand now. */
interface Now {
  otherTime?: Period
}

/** Questions about one subject. `asked`: as typed · `words`: what to look for, none for "it". */
export type SubjectQuestion =
  | ({ kind: 'status' | 'why' | 'waits' | 'when'; asked: string; words: readonly string[] } & Now)
  | { kind: 'who'; deed: Deed; asked: string; words: readonly string[]; period?: Period }

/** Questions about many runs; `workflow`: of that name only. */
export type ListQuestion = { workflow?: string } & (
  | ({ kind: 'stuck' | 'needs-me' | 'my-waits' | 'my-runs' | 'in-flight' | 'waiting' | 'late' } & Now)
  | { kind: 'due' | 'owed'; period?: Period }
)

/** What somebody wants to know. */
export type Question =
  | SubjectQuestion
  | ListQuestion
  /** What was done: about somebody, or, without words, about all. */
  | { kind: 'did'; asked: string; words: readonly string[]; period: Period | null }
  /** What failed in a time, be it mended since or not. */
  | { kind: 'failed'; period: Period; workflow?: string }
  /** Who did it, in all runs. */
  | { kind: 'deeds'; deed: Exclude<Deed, 'start'>; period?: Period }
  /** How many started and ended. */
  | { kind: 'tally'; period: Period; workflow?: string }
  /** What people, incidents and brakes hold back. */
  | ({ kind: 'paused' } & Now)
  /** Whether services work; by name, null for all. */
  | ({ kind: 'health'; service: string | null } & Now)
  /** What can be started. */
  | { kind: 'start' }
  | { kind: 'help' }
  /** Nothing that is known; `words`: somebody who is, whom it names; `isLong`: too long to be read. */
  | { kind: 'unclear'; asked: string; words?: readonly string[]; isLong?: boolean }

/** Names that questions may hold, beside those of people and firms. */
export interface Lexicon {
  /** By name and by title: `github` → `github`, `Google Workspace` → `google`. */
  services: ReadonlyMap<string, string>
  workflows: readonly { name: string; title: string }[]
}

export const NO_LEXICON: Lexicon = { services: new Map(), workflows: [] }
