import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { alertCardId } from '../../src/domain/card.ts'
import type { AttemptId } from '../../src/domain/ids.ts'
import type { InboxItem } from '../../src/domain/inbox-item.ts'
import { workflow } from '../../src/engine/define-workflow.ts'
import { createWatch } from '../../src/engine/watch.ts'
import { TEAM } from '../support/test-ids.ts'
import { testLedger } from '../support/test-ledger.ts'
import type { testRules } from '../support/test-rules.ts'
import { openEngine } from './open-engine.ts'
import { onWire, vendor } from './scripted-egress.ts'

const MINUTE = 60_000

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

async function open({
  carries,
  ...rules
}: Parameters<typeof testRules>[0] & { carries?(attempt: AttemptId): boolean } = {}) {
  const at = await openEngine({ ...rules, workflow: flow })
  const ledger = testLedger({ store: at.store, keys: at.keys, clock: at.clock })
  const watch = createWatch({
    ...{ store: at.store, ledger, clock: at.clock, ids: at.ids, team: TEAM, keys: at.keys },
    rules: { current: () => at.rules.now, at: async () => at.rules.now },
    engine: { carries: carries ?? at.engine().carries },
    onStale: () => undefined,
    onError: (error) => at.errors.push(error),
  })
  watch.start()
  let count = 0
  const opened = {
    at,
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

/** Within a minute there is one alert of this kind, with a card; it stays one, until it is over. */
async function expectOnce(opened: Awaited<ReturnType<typeof open>>, kind: string, mend: () => Promise<unknown>) {
  await opened.at.clock.advance(MINUTE)
  const alerts = await opened.alerts()
  expect(alerts.map(({ matter }) => matter.kind)).toEqual([kind])
  const cards = await opened.at.store.staleCards(50)
  expect(cards.map(({ id }) => id)).toContain(alertCardId(alerts[0]?.id ?? ''))
  await opened.at.clock.advance(2 * MINUTE)
  expect(await opened.alerts()).toEqual(alerts)
  expect(await opened.raised()).toBe(1)
  await mend()
  await opened.at.clock.advance(16_000)
  expect(await opened.alerts()).toEqual([])
  expect(await opened.at.store.alert(TEAM, alerts[0]?.id ?? '')).toMatchObject({ settledAt: expect.any(Number) })
}

describe('what did not happen is alerted within a minute, once, and settled when it is over', () => {
  it('says nothing of a run that waits, is carried out, or has ended', async () => {
    await using opened = await open()
    const open1 = onWire()
    opened.at.script.plan('account', open1.behaviour)
    const [waiting, busy] = [await opened.begin(), await opened.begin()]
    await opened.at.decide(busy.id, 'skip', 'signed')
    await opened.at.clock.advance(3 * MINUTE)
    expect(await opened.alerts()).toEqual([])
    open1.answer('done')
    await opened.at.clock.advance(MINUTE)
    expect((await opened.at.run(busy.id)).status).toBe('succeeded-with-debt')
    expect((await opened.at.run(waiting.id)).status).toBe('waiting')
    expect(await opened.alerts()).toEqual([])
  })

  it('a run that stands still', async () => {
    await using opened = await open()
    const run = await opened.begin()
    const row = await opened.at.store.run(TEAM, run.id)
    if (!row) throw new Error('no row')
    const stuck = { ...row, status: 'running', attempts: [], wakeAt: null, version: row.version + 1 } as const
    const write = (next: typeof row, expected: number) =>
      opened.at.store.commit({ at: 0, entries: [], run: { kind: 'update', run: next, expected } })
    await write(stuck, row.version)
    await expectOnce(opened, 'standstill', () => write({ ...row, version: stuck.version + 1 }, stuck.version))
  })

  it('a run that was not woken', async () => {
    await using opened = await open()
    const run = await opened.begin()
    const row = await opened.at.store.run(TEAM, run.id)
    if (!row) throw new Error('no row')
    const write = (wakeAt: number | null, version: number) =>
      opened.at.store.commit({
        ...{ at: 0, entries: [] },
        run: { kind: 'update', run: { ...row, wakeAt, version: version + 1 }, expected: version },
      })
    await write(opened.at.clock.now(), row.version)
    await expectOnce(opened, 'not-woken', () => write(null, row.version + 1))
  })

  it('an event that did not come', async () => {
    await using opened = await open({ event: { expectedAfterMs: MINUTE } })
    const run = await opened.begin()
    await opened.at.clock.advance(MINUTE - 1)
    expect(await opened.alerts()).toEqual([])
    await expectOnce(opened, 'not-come', () => opened.at.decide(run.id, 'skip', 'signed'))
  })

  it('an attempt that goes on beyond its time', async () => {
    await using opened = await open({ policy: { timeoutMs: MINUTE } })
    const { at } = opened
    const wire = onWire()
    at.script.plan('account', wire.behaviour)
    const run = await opened.begin()
    // The time-out comes, and its end cannot be written down.
    let held = true
    at.refuse.commit = ({ entries }) =>
      held && entries.some(({ core }) => core.kind.startsWith('step.') && core.step === 'account')
        ? new Promise(() => undefined)
        : null
    await at.decide(run.id, 'skip', 'signed')
    await at.clock.advance(MINUTE)
    expect(await opened.alerts()).toEqual([])
    await at.clock.advance(MINUTE)
    expect(await opened.alerts()).toMatchObject([{ step: 'account', matter: { kind: 'attempt-hangs', carried: true } }])
    expect(await opened.raised()).toBe(1)
    held = false
  })

  it('an attempt that nobody carries out', async () => {
    await using opened = await open({ carries: () => false })
    const wire = onWire()
    opened.at.script.plan('account', wire.behaviour)
    const run = await opened.begin()
    await opened.at.decide(run.id, 'skip', 'signed')
    await expectOnce(opened, 'attempt-hangs', async () => {
      wire.answer('done')
      await opened.at.clock.advance(0)
    })
  })

  it('something that came in and has not begun', async () => {
    await using opened = await open()
    const item = await opened.item({})
    await opened.at.clock.advance(15_000)
    expect(await opened.alerts()).toEqual([])
    await expectOnce(opened, 'not-begun', () => opened.settled(item))
  })

  it('something that came in and cannot be used', async () => {
    await using opened = await open()
    const item = await opened.item({ status: 'stuck', code: 'not-json' })
    await expectOnce(opened, 'not-usable', () => opened.settled(item))
  })

  it('an event for which no step waits, once it is earlier than the rules allow', async () => {
    await using opened = await open({ event: { earlyMs: 10 * MINUTE } })
    const item = await opened.item({ status: 'kept', code: 'signed', match: 'm' })
    await opened.at.clock.advance(9 * MINUTE)
    expect(await opened.alerts()).toEqual([])
    await opened.at.clock.advance(MINUTE / 2)
    await expectOnce(opened, 'not-usable', () => opened.settled(item))
  })

  it('of many things with one cause only the first have cards', async () => {
    await using opened = await open()
    for (let count = 0; count < 20; count++) await opened.item({ status: 'stuck', code: 'not-json' })
    await opened.item({ status: 'stuck', code: 'no-event-key' })
    await opened.at.clock.advance(MINUTE)
    expect(await opened.alerts()).toHaveLength(6)
  })

  it('a schedule whose process could not be begun', async () => {
    await using opened = await open()
    const { at } = opened
    const schedule = {
      ...{ name: 'review', fields: { minute: [0], hour: [9], dayOfMonth: [1], month: [1], dayOfWeek: [1] } },
      ...{ zone: 'UTC', workflow: 'flow', missed: 'once' as const, spec: 's', inputAt: () => ({}) },
    }
    at.rules.now = { ...at.rules.now, schedules: [schedule] }
    const state = { team: TEAM, name: 'review', spec: 's', since: at.clock.now(), firedAt: at.clock.now(), run: null }
    const write = (outcome: string) =>
      at.store.commit({ at: 0, entries: [], schedule: { ...state, dueAt: at.clock.now(), outcome } })
    await write('subject-busy')
    await expectOnce(opened, 'not-started', () => write('started'))
  })
})
