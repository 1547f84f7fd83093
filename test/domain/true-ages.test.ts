import { expect, it } from 'vitest'
import { createTrueAges } from '../../src/domain/true-ages.ts'
import { createFakeClock } from '../support/fake-clock.ts'

const HOUR = 3_600_000

function open() {
  const clock = createFakeClock()
  const ages = createTrueAges(clock)
  /** A look every quarter of a minute, as the watch has. */
  const pass = async (ms: number) => {
    for (let left = ms; left > 0; left -= 15_000) {
      await clock.advance(Math.min(15_000, left))
      ages.look()
    }
  }
  return { clock, ages, pass }
}

it.each([
  ['back', -HOUR],
  ['on', HOUR],
])('what was stamped before the clock was set %s by an hour is as old as it was', async (_, by) => {
  const { clock, ages, pass } = open()
  await pass(120_000)
  const stamp = clock.now()
  await pass(60_000)
  clock.setBy(by)
  await pass(60_000)
  expect(ages.since(stamp)).toBe(120_000)
  const after = clock.now()
  await pass(45_000)
  expect(ages.since(after)).toBe(45_000)
  clock.setBy(-by)
  await pass(30_000)
  // Twice by an hour: the stamp lies in two stretches or in none of them, and is no older than it is.
  expect(ages.since(stamp)).toBe(195_000)
})

it('a time that was leapt over is as long ago as the leap, and one that is to come is not yet', async () => {
  const { clock, ages, pass } = open()
  await pass(60_000)
  const due = clock.now() + HOUR / 2
  expect(ages.since(due)).toBe(0)
  clock.setBy(HOUR)
  expect(ages.since(due)).toBe(0)
  await pass(30_000)
  expect(ages.since(due)).toBe(30_000)
  expect(ages.furthest()).toBe(clock.now())
  clock.setBy(-2 * HOUR)
  await pass(15_000)
  expect(ages.furthest()).toBe(clock.now() + 2 * HOUR)
})

it('a clock that strays by little is not one that was set', async () => {
  const { clock, ages } = open()
  for (let look = 0; look < 100; look++) {
    clock.setBy(40)
    await clock.advance(15_000)
    expect(ages.look()).toBe(false)
  }
  expect(ages.since(clock.now() - 60_000)).toBe(60_000)
  clock.setBy(5_000)
  expect([ages.look(), ages.look()]).toEqual([true, false])
})
