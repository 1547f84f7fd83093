import { setImmediate as turn } from 'node:timers/promises'
import type { Clock } from '../../src/clock.ts'

export interface LeapingClock extends Clock {
  /** What was waited for, in milliseconds, in order. */
  readonly sleeps: readonly number[]
  leap(ms: number): void
}

/** A clock on which nobody waits: each sleep ends in the next turn, and the time leaps by as much. */
export function createLeapingClock(start = Date.UTC(2026, 10, 2, 9, 0)): LeapingClock {
  const sleeps: number[] = []
  let passed = 0
  return {
    sleeps,
    now: () => start + passed,
    elapsed: () => passed,
    leap(ms) {
      passed += ms
    },
    async sleep(ms, signal) {
      signal?.throwIfAborted()
      sleeps.push(ms)
      passed += Math.max(0, ms)
      await turn()
      signal?.throwIfAborted()
    },
    after: () => () => undefined,
  }
}
