import { parse } from 'node-cron'
import { z } from 'zod'
import { workflow } from '../../src/engine/define-workflow.ts'
import { createScheduler } from '../../src/engine/scheduler.ts'
import { createWatch } from '../../src/engine/watch.ts'
import type { ScheduleRule } from '../../src/rules/rules.ts'
import { TEAM } from '../support/test-ids.ts'
import { testLedger } from '../support/test-ledger.ts'
import { openEngine } from './open-engine.ts'
import { vendor } from './scripted-egress.ts'

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

const hourly: ScheduleRule = {
  ...{ name: 'review', fields: parse('0 * * * *'), zone: 'Europe/Berlin', workflow: 'access-review' },
  ...{ missed: 'once', spec: 's' },
  inputAt: (at) => ({ period: new Date(at).toISOString() }),
}

/** The scheduler and the watch beside it, over an engine; a review each full hour where the rule says nothing else. */
export async function openScheduler(rule: Partial<ScheduleRule> = {}) {
  const at = await openEngine({ workflow: review })
  at.rules.now = { ...at.rules.now, schedules: [{ ...hourly, ...rule }] }
  const options = () => ({
    ...{
      store: at.store,
      rules: { current: () => at.rules.now, at: async () => at.rules.now, problems: () => [] },
      engine: at.engine(),
      clock: at.clock,
      ids: at.ids,
    },
    ...{
      team: TEAM,
      workflows: [],
      keys: at.keys,
      onError: (error: unknown) => at.errors.push(error),
      onStale: () => undefined,
    },
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
    /** The times for which runs began, as `2026-11-02T09:00` in UTC, oldest first. */
    async periods(): Promise<string[]> {
      const runs = await at.store.runs({ team: TEAM }, 100)
      const found = await Promise.all(runs.map(({ id }) => at.run(id)))
      return found.map(({ subject }) => subject.label.slice(0, 16)).toSorted()
    },
    state: async () => (await at.store.schedules(TEAM))[0],
    async [Symbol.asyncDispose]() {
      await scheduler.stop()
      await watch.stop()
      await at[Symbol.asyncDispose]()
    },
  }
}
