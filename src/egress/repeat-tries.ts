import pRetry from 'p-retry'
import type { Clock } from '../clock.ts'
import { RetryLater } from '../domain/errors.ts'
import type { TryBudget } from './scope.ts'

interface Repeat<T> {
  budget: TryBudget
  /** Tries that were made before a restart. */
  used: number
  /** When the budget began, in milliseconds since 1970. */
  since: number
  clock: Clock
  /** Between 0 and 1, for the jitter. */
  random(): number
  signal?: AbortSignal | undefined
  /** `number` counts from 1, those before a restart included. */
  attempt(number: number): Promise<T>
  onFailedTry(error: Error): void
  /** Whether this call may repeat after the error; one from a call inside it was repeated there. */
  mayRepeat(error: RetryLater): boolean
}

/**
 * Repeats what failed with RetryLater, exponentially and with jitter, within the budget; a Retry-After beyond it ends
 * it at once. p-retry drives the loop; the waiting is ours, so that one clock rules all of it. The signal ends the
 * waiting alone: p-retry itself would throw away an answer that came after it.
 */
export function repeatTries<T>(options: Repeat<T>): Promise<T> {
  const { budget, clock } = options
  const left = Math.max(1, budget.tries - options.used)
  const deadline = Math.max(options.since + budget.withinMs, clock.now())
  let delayMs = 0
  const attempt = (number: number): Promise<T> => {
    options.signal?.throwIfAborted()
    return options.attempt(options.used + number)
  }
  return pRetry(attempt, {
    retries: left - 1,
    minTimeout: 0,
    onFailedAttempt: ({ error }) => options.onFailedTry(error),
    async shouldRetry({ error, attemptNumber }) {
      if (!(error instanceof RetryLater) || !options.mayRepeat(error)) return false
      delayMs = delayBefore(options.used + attemptNumber, budget.firstDelayMs, options.random())
      const wait = Math.max(delayMs, error.retryAfterMs ?? 0)
      if (clock.now() + wait > deadline) return false
      await clock.sleep(wait, options.signal)
      return true
    },
  })
}

/** Milliseconds before the repetition that follows try `number`: doubled each time, up to half again as jitter. */
const delayBefore = (number: number, firstDelayMs: number, random: number): number =>
  Math.round(firstDelayMs * 2 ** (number - 1) * (1 + random / 2))
