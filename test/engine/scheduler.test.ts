import { parse } from 'node-cron'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { workflow } from '../../src/engine/define-workflow.ts'
import { createScheduler } from '../../src/engine/scheduler.ts'
import { createWatch } from '../../src/engine/watch.ts'
import type { ScheduleRule } from '../../src/rules/rules.ts'
import { TEAM } from '../support/test-ids.ts'
import { testLedger } from '../support/test-ledger.ts'
import { openEngine } from './open-engine.ts'
import { vendor } from './scripted-egress.ts'

const HOUR = 3_600_000

const review = workflow(
  {
    name: 'access-review',
    version: 1,
    title: 'Access review',
    input: z.object({ period: z.string() }),
    subject: ({ period }) => ({ key: period, label: period }),
  },
  ({ step }) => {
    const run = ({ use }: { use(connector: typeof vendor): { make(): Promise<{ id: string }> } }) => use(vendor).make()
    step('list', { title: 'List who has access', uses: [vendor], output: z.object({ id: z.string() }), run })
  },
)

const hourly = (missed: ScheduleRule['missed']): ScheduleRule => ({
  ...{
    name: 'review',
    fields: parse('0 * * * *'),
    zone: 'Europe/Berlin',
    workflow: 'access-review',
    missed,
    spec: 's',
  },
  inputAt: (at) => ({ period: new Date(at).toISOString() }),
})

async function open(missed: ScheduleRule['missed'] = 'once') {
  const at = await openEngine({ workflow: review })
  at.rules.now = { ...at.rules.now, schedules: [hourly(missed)] }
  const options = () => ({
    ...{
      store: at.store,
      rules: { current: () => at.rules.now, at: async () => at.rules.now },
      engine: at.engine(),
      clock: at.clock,
      ids: at.ids,
    },
    ...{ team: TEAM, keys: at.keys, onError: (error: unknown) => at.errors.push(error), onStale: () => undefined },
    ledger: testLedger({ store: at.store, keys: at.keys, clock: at.clock }),
  })
  let scheduler = createScheduler(options())
  const watch = createWatch(options())
  return {
    at,
    watch,
    start: () => scheduler.start(),
    stop: () => scheduler.stop(),
    async restart() {
      scheduler = createScheduler(options())
      await scheduler.start()
      await at.clock.advance(0)
    },
    started: async () => (await at.store.runs({ team: TEAM }, 100)).length,
    state: async () => (await at.store.schedules(TEAM))[0],
    async [Symbol.asyncDispose]() {
      await scheduler.stop()
      await watch.stop()
      await at[Symbol.asyncDispose]()
    },
  }
}

describe('what starts by the clock', () => {
  it('starts once at each of its times, and not before the first', async () => {
    await using opened = await open()
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
    await using opened = await open()
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
    await using opened = await open(missed)
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
    await using opened = await open()
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
