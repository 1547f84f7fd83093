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
  return {
    async take(send, turn) {
      const priority = (turn.urgent ? HEAD_START_MS : 0) - turn.now
      const { signal } = turn
      if (!signal) return await queue.add(send, { priority })
      signal.throwIfAborted()
      // The queue would also drop what runs already; a try on the wire is waited for, so it gets a signal of its own.
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
    },
    waiting: () => queue.size,
  }
}
