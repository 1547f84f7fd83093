import { performance } from 'node:perf_hooks'

/** The one source of time: milliseconds since 1970 and timers that a test can drive by hand. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number
  /** Milliseconds on a clock that never jumps, for measuring how long something took. */
  elapsed(): number
  /** Resolves after `ms`; rejects with the signal's reason when it is aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** Calls `due` once after `ms`; the answer cancels it. A timer alone does not keep the process alive. */
  after(ms: number, due: () => void): () => void
}

/** Node refuses delays beyond 2^31-1 ms and fires them at once. */
const LONGEST_DELAY_MS = 2 ** 31 - 1

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  after(ms, due) {
    const timer = setTimeout(due, Math.min(Math.max(0, ms), LONGEST_DELAY_MS))
    timer.unref()
    return () => clearTimeout(timer)
  },
  sleep(ms, signal) {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const stop = () => {
        clearTimeout(timer)
        reject(signal?.reason)
      }
      const timer = setTimeout(
        () => {
          signal?.removeEventListener('abort', stop)
          resolve()
        },
        Math.min(Math.max(0, ms), LONGEST_DELAY_MS),
      )
      signal?.addEventListener('abort', stop, { once: true })
    })
  },
}
