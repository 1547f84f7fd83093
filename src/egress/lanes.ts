import PQueue from 'p-queue'
import type { LaneLimits } from '../domain/operation.ts'

/** Milliseconds by which a call that somebody waits for may overtake machines' calls that came earlier. */
const HEAD_START_MS = 30_000

/** The queue of tries to one service, within the vendor's limits. */
export interface Lane {
  /** Runs `send` when its turn comes; waiting grows into priority, so that nothing starves. */
  take<T>(send: () => Promise<T>, turn: { urgent: boolean; now: number; signal?: AbortSignal | undefined }): Promise<T>
  waiting(): number
}

export function createLane(limits: LaneLimits): Lane {
  const queue = new PQueue({
    concurrency: limits.concurrency,
    intervalCap: limits.perInterval,
    interval: limits.intervalMs,
    // Over any stretch of time, not from one full window into the next: vendors count that way.
    strict: true,
  })
  const mayStartAtOnce = createRateGauge(limits)

  /** The queue would also drop what runs already; a try on the wire is waited for, so it gets a signal of its own. */
  const wait = async <T>(send: () => Promise<T>, priority: number, signal: AbortSignal): Promise<T> => {
    signal.throwIfAborted()
    const leaving = new AbortController()
    const leave = (): void => leaving.abort(signal.reason)
    signal.addEventListener('abort', leave, { once: true })
    const begin = () => {
      signal.removeEventListener('abort', leave)
      return send()
    }
    try {
      return await queue.add(begin, { priority, signal: leaving.signal })
    } finally {
      signal.removeEventListener('abort', leave)
    }
  }

  return {
    take(send, { urgent, now, signal }) {
      const priority = (urgent ? HEAD_START_MS : 0) - now
      const hasRoom = mayStartAtOnce(now) && queue.size === 0 && queue.pending < limits.concurrency
      // What need not wait needs no way to give up waiting: that was four fifths of a turn's cost.
      if (!signal || (hasRoom && !signal.aborted)) return queue.add(send, { priority })
      return wait(send, priority, signal)
    },
    waiting: () => queue.size,
  }
}

/** Counts turns by whole intervals; any stretch of that length lies in two of them, and so does what may begin in it. */
function createRateGauge({ perInterval, intervalMs }: LaneLimits): (now: number) => boolean {
  let interval = 0
  let counted = 0
  let before = 0
  return (now) => {
    const at = Math.floor(now / intervalMs)
    if (at !== interval) {
      before = at === interval + 1 ? counted : 0
      counted = 0
      interval = at
    }
    counted += 1
    return before + counted <= perInterval
  }
}
