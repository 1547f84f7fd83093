import type { Store } from '../../db/store.ts'
import type { StoredEntry } from '../domain/entry.ts'
import type { RunId } from '../domain/ids.ts'
import { refusedUndone } from './judge-answer.ts'

/** What the ledger says of the tries under one key. */
export interface EarlierTries {
  /** Tries since the attempt began, for its budget. */
  count: number
  /** When the newest try left whose effect may stand: answered as done, or not answered; null when none may. */
  mayStandSince: number | null
  /** When the oldest of those left: from then on a vendor remembers the key. */
  keyUsedSince: number | null
}

/** Reads from the ledger what was sent under a key, also before a restart. */
export async function earlierTries(
  store: Pick<Store, 'callsOf'>,
  about: { run: RunId; key: string; since: number },
): Promise<EarlierTries> {
  const entries = (await store.callsOf(about.run)).filter(({ core }) => core.key === about.key)
  const count = entries.filter(({ core }) => core.kind === 'call.intended' && core.at >= about.since).length
  const open = openTries(entries)
  const keyUsedSince = open.length === 0 ? null : Math.min(...open)
  return { count, mayStandSince: mayStandSince(entries), keyUsedSince }
}

/** When the newest of these tries left whose effect may stand, in milliseconds since 1970; null when none may. */
export function mayStandSince(entries: readonly StoredEntry[]): number | null {
  const open = openTries(entries)
  return open.length === 0 ? null : Math.max(...open)
}

function openTries(entries: readonly StoredEntry[]): number[] {
  const mayStand = new Map<string, number>()
  for (const { core } of entries) {
    const name = `${core.call}#${core.try}`
    if (core.kind === 'call.intended') {
      mayStand.set(name, core.at)
    } else if (core.kind === 'call.unanswered' ? core.facts?.sent === false : wasRefused(core.status)) {
      mayStand.delete(name)
    }
  }
  return [...mayStand.values()]
}

const wasRefused = (status: number | undefined): boolean =>
  status !== undefined && status >= 300 && refusedUndone(status)
