import type { Store } from '../../db/store.ts'
import type { Clock } from '../clock.ts'
import { ALERTS_KEPT_MS } from '../domain/alert.ts'
import { DRAFT_KEPT_MS } from '../domain/form-draft.ts'

const HOUR_MS = 3_600_000
/** After a start, when everything else has been taken up. */
const FIRST_MS = 5 * 60_000
/** Rows that leave the database in one commit, and the rest that others get behind it. */
const AT_ONCE = 200
const REST_MS = 20

interface Options {
  store: Pick<Store, 'sweep'>
  clock: Clock
  onError(error: unknown): void
}

export interface Sweeper {
  start(): void
  stop(): Promise<void>
}

/** Once an hour, takes out what is kept for a while only: drafts of forms, and alerts that are over. The ledger keeps what it has. */
export function createSweeper({ store, clock, onError }: Options): Sweeper {
  const stopping = new AbortController()
  let cancel: () => void = () => undefined
  let sweeping: Promise<void> = Promise.resolve()

  const sweep = async (): Promise<void> => {
    const now = clock.now()
    const before = { drafts: now - DRAFT_KEPT_MS, alerts: now - ALERTS_KEPT_MS }
    while (!stopping.signal.aborted && (await store.sweep(before, AT_ONCE)) > 0) {
      await clock.sleep(REST_MS, stopping.signal).catch(() => undefined)
    }
  }
  const wait = (ms: number): void => {
    cancel = clock.after(ms, () => {
      sweeping = sweep()
        .catch(onError)
        .finally(() => {
          if (!stopping.signal.aborted) wait(HOUR_MS)
        })
    })
  }
  return {
    start: () => wait(FIRST_MS),
    async stop() {
      stopping.abort()
      cancel()
      await sweeping
    },
  }
}
