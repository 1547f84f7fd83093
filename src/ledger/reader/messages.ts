import type { KeyObject } from 'node:crypto'
import type { EntryFilter } from '../../../db/store.ts'
import type { EntryId } from '../../domain/ids.ts'

/** What the reader thread is started with. */
export interface ReaderFiles {
  dbPath: string
  keysPath: string
  masterKey: KeyObject
}

export interface PageRequest {
  /** `kinds` are whole kinds here, not their beginnings. */
  filter: EntryFilter
  /** What an entry's body has to hold, upper and lower case alike. */
  text: string | null
  /** Entries older than this one only. */
  before: EntryId | null
  limit: number
  /** Milliseconds after which the page is answered with what was found by then. */
  withinMs: number
}

export interface RawPage {
  /** Canonical bytes of the entries, newest first. */
  entries: string[]
  /** Where the next page goes on (`before`); null when nothing older can match. */
  next: EntryId | null
  /** False when the time ran out before the page was full: there may be more behind `next`. */
  complete: boolean
}

/** The thread's answer to a request: the page, or why there is none. */
export type PageAnswer = { kind: 'page'; page: RawPage } | { kind: 'failed'; message: string }
