import { expect, it } from 'vitest'
import { mayLeave } from '../../src/second-path/pace-messages.ts'

/** Messages that leave when one is wanted every 5 s from `from` to `to`, behind earlier ones. */
function sent(earlier: readonly number[], from: number, to: number): number[] {
  const times = [...earlier]
  for (let now = from; now <= to; now += 5_000) if (mayLeave(times, now)) times.push(now)
  return times.slice(earlier.length)
}

it('lets three messages leave one after another, then one a minute', () => {
  expect(sent([], 0, 180_000)).toEqual([0, 5_000, 10_000, 60_000, 120_000, 180_000])
})

it('lets three leave again after three quiet minutes, and never more', () => {
  const spent = [0, 0, 0]
  expect(sent(spent, 180_000, 200_000)).toHaveLength(3)
  expect(sent(spent, 3_600_000, 3_620_000)).toHaveLength(3)
})

it('owes nothing for messages that left beside the pace', () => {
  expect(sent([0, 1_000, 2_000, 3_000, 4_000, 5_000], 10_000, 60_000)).toEqual([60_000])
})
