import { describe, expect, it } from 'vitest'
import { TEAM } from '../support/test-ids.ts'
import { openScheduler } from './open-scheduler.ts'

const HOUR = 3_600_000

describe('what starts by the clock', () => {
  it('starts once at each of its times, and not before the first', async () => {
    await using opened = await openScheduler()
    await opened.start()
    await opened.at.clock.advance(HOUR - 1_000)
    expect(await opened.started()).toBe(0)
    await opened.at.clock.advance(1_000)
    expect(await opened.started()).toBe(1)
    await opened.at.clock.advance(2 * HOUR)
    expect(await opened.started()).toBe(3)
    expect(await opened.state()).toMatchObject({ outcome: 'started', dueAt: opened.at.clock.now() })
    const [run] = await opened.at.store.runs({ team: TEAM }, 1)
    const found = run && (await opened.at.engine().run(TEAM, run.id))
    expect(found?.startedBy).toEqual({ kind: 'machine', part: 'schedule', name: 'review' })
    expect(opened.at.errors).toEqual([])
  })

  it('starts once although Purser was killed between the start and its note', async () => {
    await using opened = await openScheduler()
    await opened.start()
    let refused = 0
    opened.at.refuse.commit = (change) => {
      if (!change.schedule?.dueAt || refused > 0) return null
      refused += 1
      return Promise.reject(new Error('killed'))
    }
    await opened.at.clock.advance(HOUR)
    expect(refused).toBe(1)
    await opened.stop()
    await opened.restart()
    expect(await opened.started()).toBe(1)
    expect(await opened.state()).toMatchObject({ outcome: 'started' })
  })

  it.each([
    ['once', 1, 'started'],
    ['skip', 0, 'skipped'],
  ] as const)('makes of times that were missed what the rules say: %s', async (missed, runs, outcome) => {
    await using opened = await openScheduler({ missed })
    await opened.start()
    await opened.stop()
    await opened.at.clock.advance(5 * HOUR + HOUR / 2)
    await opened.restart()
    expect(await opened.started()).toBe(runs)
    expect(await opened.state()).toMatchObject({ outcome })
    await opened.at.clock.advance(HOUR / 2)
    expect(await opened.started()).toBe(runs + 1)
  })

  it('raises one alert within a minute when it does not fire, and settles it when it has', async () => {
    await using opened = await openScheduler()
    await opened.start()
    await opened.stop()
    opened.watch.start()
    await opened.at.clock.advance(HOUR - 1_000)
    expect(await opened.at.store.openAlerts()).toEqual([])
    await opened.at.clock.advance(61_000)
    const alerts = await opened.at.store.openAlerts()
    expect(alerts).toMatchObject([{ matter: { kind: 'not-fired', schedule: 'review' }, run: null }])
    await opened.at.clock.advance(60_000)
    expect(await opened.at.store.openAlerts()).toEqual(alerts)
    expect(await opened.at.store.staleCards(9)).toMatchObject([{ kind: 'alert', urgent: true, run: null }])
    await opened.restart()
    await opened.at.clock.advance(16_000)
    expect(await opened.at.store.openAlerts()).toEqual([])
  })
})
