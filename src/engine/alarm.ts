import type { Store } from '../../db/store.ts'
import type { Clock } from '../clock.ts'
import type { RunId, TeamId } from '../domain/ids.ts'

/** Runs woken in one go; the rest follow at once. */
const AT_ONCE = 500
/** A run that was woken and had nothing to do is not asked again before this. */
const PAUSE_MS = 1_000

interface AlarmOptions {
  store: Pick<Store, 'dueRuns' | 'nextWake'>
  clock: Clock
  wake(team: TeamId, run: RunId): Promise<void>
  onError(error: unknown): void
}

/** Wakes runs when their time has come: one timer for all of them, set from the store, so that a restart loses none. */
export function createAlarm({ store, clock, wake, onError }: AlarmOptions) {
  let setFor: number | null = null
  let cancel: (() => void) | null = null
  let ringing = false
  let stopped = false

  const set = (at: number): void => {
    if (stopped || ringing || (setFor !== null && setFor <= at)) return
    cancel?.()
    setFor = at
    cancel = clock.after(at - clock.now(), () => {
      ring().catch(onError)
    })
  }

  const ring = async (): Promise<void> => {
    ringing = true
    setFor = null
    try {
      const due = await store.dueRuns(clock.now(), AT_ONCE)
      // One run that cannot be woken does not hold up the others.
      await Promise.all(due.map(({ team, id }) => wake(team, id).catch(onError)))
    } finally {
      ringing = false
      await setNext().catch((error: unknown) => {
        onError(error)
        set(clock.now() + PAUSE_MS)
      })
    }
  }

  const setNext = async (): Promise<void> => {
    const next = await store.nextWake()
    if (next !== null) set(Math.max(next, clock.now() + (next <= clock.now() ? PAUSE_MS : 0)))
  }

  return {
    /** A run wants to be woken at `at`, in milliseconds since 1970. */
    set,
    start: setNext,
    /** People have set the clock: what was due an hour from now may be due by now. */
    async setAnew(): Promise<void> {
      if (ringing) return
      cancel?.()
      setFor = null
      await setNext()
    },
    stop(): void {
      stopped = true
      cancel?.()
    },
  }
}
