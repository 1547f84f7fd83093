import type { Clock } from '../../src/clock.ts'
import { settle } from './turns.ts'

export interface FakeClock extends Clock {
  /** Lets `ms` pass: timers and sleeps end in order, each with all that follows from it before the next. */
  advance(ms: number): Promise<void>
  /** Lets `ms` pass as a host that was asleep sees it: timers that would have ended meanwhile end behind it. */
  leap(ms: number): Promise<void>
  /** Sets the time of day by `ms`; timers keep to the time that really passed, as an operating system's do. */
  setBy(ms: number): void
  /** Timers and sleeps that have not ended. */
  waiting(): number
  /** Milliseconds until the first of them ends; null when there is none. */
  untilNext(): number | null
}

interface Timer {
  due: number
  fire(): void
}

/** A clock that moves only by hand. */
export function createFakeClock(start = Date.UTC(2026, 10, 2, 9, 0)): FakeClock {
  let passed = 0
  let offset = start
  const timers = new Set<Timer>()
  const add = (ms: number, fire: () => void): (() => void) => {
    const timer = { due: passed + Math.max(0, ms), fire }
    timers.add(timer)
    return () => timers.delete(timer)
  }
  const firstDue = (until: number): Timer | undefined =>
    [...timers].filter((timer) => timer.due <= until).sort((a, b) => a.due - b.due)[0]

  const clock: FakeClock = {
    now: () => offset + passed,
    elapsed: () => passed,
    after: add,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason)
        const stop = (): void => {
          cancel()
          reject(signal?.reason)
        }
        const cancel = add(ms, () => {
          signal?.removeEventListener('abort', stop)
          resolve()
        })
        signal?.addEventListener('abort', stop, { once: true })
      }),
    async advance(ms) {
      const until = passed + ms
      await settle()
      for (let timer = firstDue(until); timer; timer = firstDue(until)) {
        timers.delete(timer)
        passed = Math.max(passed, timer.due)
        timer.fire()
        await settle()
      }
      passed = until
      await settle()
    },
    async leap(ms) {
      passed += ms
      await clock.advance(0)
    },
    setBy(ms) {
      offset += ms
    },
    waiting: () => timers.size,
    untilNext: () => (timers.size === 0 ? null : Math.max(0, Math.min(...[...timers].map(({ due }) => due)) - passed)),
  }
  return clock
}
