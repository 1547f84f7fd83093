import { expect } from 'vitest'
import { z } from 'zod'
import type { Found } from '../../src/domain/alert.ts'
import type { AttemptId } from '../../src/domain/ids.ts'
import type { InboxItem } from '../../src/domain/inbox-item.ts'
import { workflow } from '../../src/engine/define-workflow.ts'
import { createWatch } from '../../src/engine/watch.ts'
import { TEAM } from '../support/test-ids.ts'
import { testLedger } from '../support/test-ledger.ts'
import { openEngine } from './open-engine.ts'
import { vendor } from './scripted-egress.ts'

/** One step that calls, one that waits for an event. */
const flow = workflow(
  {
    name: 'flow',
    version: 1,
    title: 'Flow',
    input: z.object({ key: z.string() }),
    subject: ({ key }) => ({ key, label: key }),
  },
  ({ step, event }) => {
    const signed = event('signed', {
      title: 'Signed',
      event: 'signed',
      key: ({ input }) => input.key,
      payload: z.object({}),
    })
    step('account', {
      title: 'Account',
      after: [signed],
      uses: [vendor],
      output: z.object({ id: z.string() }),
      run: ({ use }) => use(vendor).make(),
    })
  },
)

/** An engine with that workflow, and a watch over it. */
export async function openWatch({
  carries,
  ...rules
}: Parameters<typeof openEngine>[0] & { carries?(attempt: AttemptId): boolean } = {}) {
  const at = await openEngine({ ...rules, workflow: flow })
  const ledger = testLedger({ store: at.store, keys: at.keys, clock: at.clock })
  /** What Slack does not let Purser know of people. */
  const heard: { refusals(): readonly Found[] | null } = { refusals: () => null }
  const watch = createWatch({
    ...{ store: at.store, ledger, clock: at.clock, ids: at.ids, team: TEAM, keys: at.keys },
    rules: { current: () => at.rules.now, at: async () => at.rules.now, problems: () => [] },
    engine: { carries: carries ?? at.engine().carries, waits: at.engine().waits },
    workflows: [flow],
    refusals: () => heard.refusals(),
    onStale: () => undefined,
    onClockSet: at.engine().clockWasSet,
    onError: (error) => at.errors.push(error),
  })
  watch.start()
  let count = 0
  const opened = {
    ...{ at, heard },
    begin: () => at.begin({ key: `acme-${++count}` }, `V${count}`),
    alerts: () => at.store.openAlerts(),
    async item(parts: Partial<InboxItem>): Promise<InboxItem> {
      const item: InboxItem = {
        ...{ id: at.ids.entry(), team: TEAM, source: 'contracts', event: `e${++count}`, type: null, status: 'new' },
        ...{ code: null, match: null, run: null, owner: at.ids.subject(), receivedAt: at.clock.now() },
        ...{ settledAt: null, version: 1, sealed: Buffer.alloc(0) },
        ...parts,
      }
      await at.store.commit({ at: at.clock.now(), entries: [], inbox: [{ kind: 'insert', item }] })
      return item
    },
    settled: async (item: InboxItem) => {
      const done = { ...item, status: 'dismissed', settledAt: at.clock.now(), version: item.version + 1 } as const
      await at.store.commit({ at: 0, entries: [], inbox: [{ kind: 'update', item: done, expected: item.version }] })
    },
    raised: async () =>
      (await at.store.entries({ team: TEAM }, null, 500)).filter(({ core }) => core.kind === 'alert.raised').length,
    async [Symbol.asyncDispose]() {
      await watch.stop()
      await at[Symbol.asyncDispose]()
      expect(at.errors).toEqual([])
    },
  }
  return opened
}
