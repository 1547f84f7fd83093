import { expect, it } from 'vitest'
import { freshPace, type Pace, takeOne } from '../../src/second-path/pace-messages.ts'

/** Messages that leave when one is wanted every 5 s from `from` to `to`. */
function sent(start: Pace, from: number, to: number): number[] {
  const times: number[] = []
  let pace = start
  for (let now = from; now <= to; now += 5_000) {
    const next = takeOne(pace, now)
    if (next) times.push(now)
    pace = next ?? pace
  }
  return times
}

it('lets three messages leave one after another, then one a minute', () => {
  expect(sent(freshPace(0), 0, 180_000)).toEqual([0, 5_000, 10_000, 60_000, 120_000, 180_000])
})

it('lets three leave again after three quiet minutes, and never more', () => {
  const spent = { free: 0, since: 0 }
  expect(sent(spent, 180_000, 200_000)).toHaveLength(3)
  expect(sent(spent, 3_600_000, 3_620_000)).toHaveLength(3)
})
