import type { Store } from '../../db/store.ts'
import type { RunId } from '../domain/ids.ts'
import { refusedUndone } from './judge-answer.ts'

/** What the ledger says of the tries under one key. */
export interface EarlierTries {
  /** Tries since the attempt began, for its budget. */
  count: number
  /** When the newest try left whose effect may stand: answered as done, or not answered; null when none may. */
  mayStandSince: number | null
}

/** Reads from the ledger what was sent under a key, also before a restart. */
export async function earlierTries(
  store: Pick<Store, 'callsOf'>,
  about: { run: RunId; key: string; since: number },
): Promise<EarlierTries> {
  const mayStand = new Map<string, number>()
  let count = 0
  for (const { core } of await store.callsOf(about.run)) {
    if (core.key !== about.key) continue
    const name = `${core.call}#${core.try}`
    if (core.kind === 'call.intended') {
      mayStand.set(name, core.at)
      if (core.at >= about.since) count += 1
    } else if (core.kind === 'call.unanswered' ? core.facts?.sent === false : wasRefused(core.status)) {
      mayStand.delete(name)
    }
  }
  return { count, mayStandSince: mayStand.size === 0 ? null : Math.max(...mayStand.values()) }
}

const wasRefused = (status: number | undefined): boolean =>
  status !== undefined && status >= 300 && refusedUndone(status)
