import { expect, test } from 'vitest'
import type { Store } from '../../db/store.ts'
import { createAlarm } from '../../src/engine/alarm.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { TEAM, testIds } from '../support/test-ids.ts'

test('the alarm goes on after the store did not answer, and past a run that cannot be woken', async () => {
  const clock = createFakeClock()
  const ids = testIds(clock)
  const [broken, sound] = [ids.run(), ids.run()]
  const due = new Map([broken, sound].map((id) => [id, clock.now() + 10_000]))
  const woken: string[] = []
  const errors: unknown[] = []
  let isDown = false
  const store: Pick<Store, 'dueRuns' | 'nextWake'> = {
    dueRuns: async (now) => [...due].flatMap(([id, wakeAt]) => (wakeAt <= now ? [{ team: TEAM, id, wakeAt }] : [])),
    async nextWake() {
      if (isDown) throw new Error('the store does not answer')
      return due.size === 0 ? null : Math.min(...due.values())
    },
  }
  const alarm = createAlarm({
    store,
    clock,
    async wake(_team, id) {
      if (id === broken) throw new Error('it cannot be read')
      woken.push(id)
      due.set(id, clock.now() + 60_000)
    },
    onError: (error) => errors.push(error),
  })
  await alarm.start()
  isDown = true
  await clock.advance(11_500)
  expect(woken).toEqual([sound])
  isDown = false
  await clock.advance(70_000)
  expect(woken.length).toBeGreaterThan(1)
  expect(errors.length).toBeGreaterThan(1)
  alarm.stop()
  expect(clock.waiting()).toBe(0)
})

test.each([
  ['on', 3_600_000, 0],
  ['back', -3_600_000, 3_600_000],
])('a run is woken by the clock as it was set %s', async (_, by, later) => {
  const clock = createFakeClock()
  const id = testIds(clock).run()
  const wakeAt = clock.now() + 1_800_000
  const woken: number[] = []
  const alarm = createAlarm({
    store: {
      dueRuns: async (now) => (wakeAt <= now && woken.length === 0 ? [{ team: TEAM, id, wakeAt }] : []),
      nextWake: async () => (woken.length === 0 ? wakeAt : null),
    },
    clock,
    wake: async () => void woken.push(clock.now()),
    onError: (error) => expect(error).toBeNull(),
  })
  await alarm.start()
  clock.setBy(by)
  await alarm.setAnew()
  await clock.advance(1_000)
  expect(woken).toHaveLength(later === 0 ? 1 : 0)
  await clock.advance(1_800_000 + later)
  expect(woken).toHaveLength(1)
  expect(woken[0]).toBeGreaterThanOrEqual(wakeAt)
  alarm.stop()
})
