import type { Store } from '../../db/store.ts'
import type { RunId } from '../domain/ids.ts'

/** What the ledger says of the tries under one key. */
export interface EarlierTries {
  /** Tries since `since`. */
  count: number
  /** When the newest try without an answer left, or null when every try was answered or is known not to have left. */
  unansweredAt: number | null
}

/** Reads from the ledger what was sent under a key, also before a restart. */
export async function earlierTries(
  store: Store,
  about: { run: RunId; key: string; since: number },
): Promise<EarlierTries> {
  const open = new Map<string, number>()
  let count = 0
  for (const { core } of await store.callsOf(about.run)) {
    if (core.key !== about.key || !core.call) continue
    const name = `${core.call}#${core.try}`
    if (core.kind === 'call.intended') {
      open.set(name, core.at)
      if (core.at >= about.since) count += 1
    } else if (core.kind === 'call.answered' && definite(core.status)) {
      // Only a definite answer settles it; whatever was open before it was looked up then.
      open.clear()
    } else if (core.kind === 'call.unanswered' && core.facts?.['sent'] === false) {
      open.delete(name)
    } else if (core.kind === 'call.answered') {
      open.set(name, core.at)
    }
  }
  return { count, unansweredAt: open.size === 0 ? null : Math.max(...open.values()) }
}

/** A 5xx other than 503 leaves open whether the effect stands; see judge-answer.ts. */
const definite = (status: number | undefined): boolean => status !== undefined && (status < 500 || status === 503)
