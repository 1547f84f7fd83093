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
  })
  return {
    async take(send, turn) {
      const priority = (turn.urgent ? HEAD_START_MS : 0) - turn.now
      return await queue.add(send, turn.signal ? { priority, signal: turn.signal } : { priority })
    },
    waiting: () => queue.size,
  }
}
