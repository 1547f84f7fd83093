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
