import type { LaneLimits } from '../domain/operation.ts'
import { optionalCount, type WantedSetting } from './read-settings.ts'

const INTERVAL_MS = 10_000

/** How many calls a minute a service takes; the operator's number, where the contract with the vendor says another. */
export function laneLimits(limits: { concurrency: number; perMinute: number }, ordered: number | null): LaneLimits {
  const perMinute = ordered === null || ordered === 0 ? limits.perMinute : ordered
  const perInterval = Math.max(1, Math.floor((perMinute * INTERVAL_MS) / 60_000))
  return { concurrency: limits.concurrency, perInterval, intervalMs: INTERVAL_MS }
}

/** The variable by which an operator sets another number of calls a minute. */
export const callsPerMinute = (title: string): WantedSetting<number | null> => ({
  schema: optionalCount,
  what: `How many calls a minute ${title} takes from us, as a whole number`,
  where: 'Leave it unset unless your contract with the vendor names another number',
})
