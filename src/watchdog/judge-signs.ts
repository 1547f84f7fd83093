import { texts } from '../../views/texts/index.ts'
import type { TROUBLES } from './spool.ts'

export type Trouble = (typeof TROUBLES)[number]

/** What the watchdog sees at one moment; times on the clock that never jumps, in milliseconds. */
export interface Signs {
  now: number
  /** When the main process last said that it lives. */
  beatAt: number
  /** The line to it is open; when it is not, it has ended. */
  hasMain: boolean
  /** Bytes that may be written where the data is. */
  freeBytes: number
  /** What is wrong with the database file, as it lies on disk; null when nothing is. */
  file: string | null
  /** What the main process last said of its database and its alerts; null where all is well. */
  said: { database: string | null; alerts: string | null }
}

export interface Limits {
  /** Without a word of the main process for so long, it is blocked; milliseconds. */
  silenceMs: number
  /** With less room than this the disk is full. */
  leastFreeBytes: number
}

export const LIMITS: Limits = { silenceMs: 15_000, leastFreeBytes: 64 * 1024 ** 2 }

/** What is wrong, each with a sentence. */
export function judgeSigns(signs: Signs, limits: Limits): Map<Trouble, string> {
  const { ended, blocked, diskFull, database: databaseFails, alertsStuck } = texts.watchdog
  const troubles = new Map<Trouble, string>()
  const silence = signs.now - signs.beatAt
  if (!signs.hasMain) {
    troubles.set('main-dead', ended)
  } else if (silence >= limits.silenceMs) {
    troubles.set('main-blocked', blocked(Math.round(silence / 1000)))
  }
  if (signs.freeBytes < limits.leastFreeBytes) {
    troubles.set('disk-full', diskFull(Math.floor(signs.freeBytes / 1024 ** 2)))
  }
  const database = signs.file ?? (signs.hasMain ? signs.said.database : null)
  if (database !== null) troubles.set('database-broken', databaseFails(database))
  if (signs.hasMain && signs.said.alerts !== null) troubles.set('alerts-stuck', alertsStuck(signs.said.alerts))
  return troubles
}
