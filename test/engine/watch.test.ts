import { describe, expect, it } from 'vitest'
import { alertCardId } from '../../src/domain/card.ts'
import { TEAM } from '../support/test-ids.ts'
import { openWatch as open } from './open-watch.ts'
import { onWire } from './scripted-egress.ts'

const MINUTE = 60_000

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
