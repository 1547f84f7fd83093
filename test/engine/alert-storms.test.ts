import { describe, expect, it } from 'vitest'
import type { Alert } from '../../src/domain/alert.ts'
import { alertCardId } from '../../src/domain/card.ts'
import { createTrueAges } from '../../src/domain/true-ages.ts'
import { gatherAlerts } from '../../src/engine/gather-alerts.ts'
import { tellAlert } from '../../src/engine/tell-alerts.ts'
import { TEAM } from '../support/test-ids.ts'
import { testLedger } from '../support/test-ledger.ts'
import { openWatch } from './open-watch.ts'
import { onWire } from './scripted-egress.ts'

const MINUTE = 60_000
const LOOK = 15_000
const stuck = { status: 'stuck', code: 'not-json' } as const

type Opened = Awaited<ReturnType<typeof openWatch>>

const counted = async ({ at }: Opened, alert: Alert | undefined) => await at.store.countCases(TEAM, alert?.id ?? '')
const entriesOf = async ({ at }: Opened, kind: string) =>
  (await at.store.entries({ team: TEAM, kinds: [kind] }, null, 5_000)).length
const alertCards = async ({ at }: Opened) =>
  (await at.store.staleCards(500)).filter(({ kind }) => kind === 'alert').map(({ id }) => id)

async function items(opened: Opened, many: number, parts: Parameters<Opened['item']>[0] = stuck) {
  return await Promise.all(Array.from({ length: many }, () => opened.item(parts)))
}

describe('much that does not happen of one cause', () => {
  it('is one alert with a count and one card, an entry for each, within a minute', async () => {
    await using opened = await openWatch()
    await items(opened, 1_287)
    await items(opened, 3, { ...stuck, source: 'signatures' })
    await opened.item({ ...stuck, code: 'no-event-key' })
    await opened.at.clock.advance(LOOK + 1_000)
    const alerts = await opened.alerts()
    const counts = await Promise.all(alerts.map((alert) => counted(opened, alert)))
    expect(counts.map(({ open }) => open).sort((a, b) => b - a)).toEqual([1_287, 3, 1])
    expect(await alertCards(opened)).toHaveLength(3)
    expect(await entriesOf(opened, 'alert.raised')).toBe(1_291)
  })

  it('grows while more of it comes, and is settled when all are over and it has been quiet', async () => {
    await using opened = await openWatch()
    const first = await items(opened, 2)
    await opened.at.clock.advance(LOOK)
    const [alert] = await opened.alerts()
    const more = await items(opened, 5)
    await opened.at.clock.advance(LOOK)
    expect(await opened.alerts()).toMatchObject([{ id: alert?.id }])
    expect(await counted(opened, alert)).toMatchObject({ total: 7, open: 7 })
    for (const item of [...first, ...more.slice(1)]) await opened.settled(item)
    await opened.at.clock.advance(LOOK)
    expect(await counted(opened, alert)).toMatchObject({ total: 7, open: 1 })
    for (const item of more.slice(0, 1)) await opened.settled(item)
    await opened.at.clock.advance(LOOK)
    // For a moment there is none; then the storm goes on, on the same card.
    expect(await counted(opened, alert)).toMatchObject({ total: 7, open: 0 })
    const [last] = await items(opened, 1)
    await opened.at.clock.advance(MINUTE)
    expect(await opened.alerts()).toMatchObject([{ id: alert?.id, settledAt: null }])
    if (last) await opened.settled(last)
    await opened.at.clock.advance(MINUTE)
    expect(await opened.alerts()).toHaveLength(1)
    await opened.at.clock.advance(2 * MINUTE)
    expect(await opened.alerts()).toEqual([])
    expect([await entriesOf(opened, 'alert.raised'), await entriesOf(opened, 'alert.settled')]).toEqual([8, 8])
  })

  it('that comes long after is told anew, on a card of its own', async () => {
    await using opened = await openWatch()
    await opened.item(stuck)
    await opened.at.clock.advance(16 * MINUTE)
    await opened.item(stuck)
    await opened.at.clock.advance(LOOK)
    const alerts = await opened.alerts()
    expect(alerts).toHaveLength(2)
    expect(new Set(await alertCards(opened))).toEqual(new Set(alerts.map(({ id }) => alertCardId(id))))
  })

  it('that comes again once it was settled is told anew, on another card', async () => {
    await using opened = await openWatch({ carries: () => false })
    const wire = onWire()
    opened.at.script.plan('account', wire.behaviour)
    const run = await opened.begin()
    await opened.at.decide(run.id, 'skip', 'signed')
    await opened.at.clock.advance(MINUTE)
    const [before] = await opened.alerts()
    const row = await opened.at.store.run(TEAM, run.id)
    if (!row) throw new Error('no row')
    const write = (attempts: typeof row.attempts, version: number) =>
      opened.at.store.commit({
        ...{ at: 0, entries: [] },
        run: { kind: 'update', run: { ...row, attempts, wakeAt: 9e12, version: version + 1 }, expected: version },
      })
    await write([], row.version)
    await opened.at.clock.advance(LOOK)
    expect(await opened.alerts()).toEqual([])
    await write(row.attempts, row.version + 1)
    await opened.at.clock.advance(LOOK)
    const [after] = await opened.alerts()
    expect(after?.id).not.toBe(before?.id)
    expect(await alertCards(opened)).toHaveLength(2)
    wire.answer('done')
  })

  it('is news to its card, also when writing it came later than the look', async () => {
    await using opened = await openWatch()
    const { at } = opened
    const { store, clock, keys, ids } = at
    const since = clock.now()
    const ages = createTrueAges(clock)
    const matter = { kind: 'not-usable', item: 'x', source: 'contracts', code: 'not-json' } as const
    const found = [{ team: TEAM, id: 'not-usable/x', run: null, step: null, matter, since }]
    const [move] = gatherAlerts({ open: [], cases: [], found, now: clock.now(), ages })
    if (!move) throw new Error('nothing was gathered')
    await clock.advance(10)
    const rules = { current: () => at.rules.now, at: async () => at.rules.now, problems: () => [] }
    await tellAlert({ store, ledger: testLedger({ store, keys, clock }), rules, clock, ages, ids }, move)
    const card = await store.card(TEAM, alertCardId(move.alert.id))
    expect(card?.staleSince).toBe(since + 10)
    expect(await store.newCases(TEAM, move.alert.id, card?.painted ?? 9)).toEqual({ open: 1, since })
  })

  it('loses nothing of it when a write fails in the middle, or the process ends there', async () => {
    for (const failing of [1, 2, 3]) {
      await using opened = await openWatch()
      await items(opened, 250)
      let writes = 0
      let fired = 0
      opened.at.refuse.commit = ({ alerts = [] }) => {
        if (alerts.length === 0 || ++writes !== failing) return null
        fired += 1
        return Promise.reject(new Error('the disk says no'))
      }
      await opened.at.clock.advance(2 * LOOK)
      expect(fired).toBe(1)
      expect(opened.at.errors.splice(0)).toHaveLength(1)
      const alerts = await opened.alerts()
      expect(alerts).toHaveLength(1)
      expect(await counted(opened, alerts[0])).toMatchObject({ total: 250, open: 250 })
      expect(await entriesOf(opened, 'alert.raised')).toBe(250)
    }
  })
})

describe('steps that hang', () => {
  it('by the dozen because of one service are one alert that names it, and says that they wait for their turn', async () => {
    await using opened = await openWatch({ policy: { timeoutMs: MINUTE }, limits: { atOnce: 2, waiting: 100 } })
    const { at } = opened
    const held = { isHeld: true }
    // What was tried cannot be written down: nobody else has their turn.
    at.refuse.commit = ({ entries }) =>
      held.isHeld && entries.some(({ core }) => /^step\.(succeeded|failed|backing-off)$/.test(core.kind))
        ? new Promise(() => undefined)
        : null
    const wires = [onWire(), onWire()]
    for (const { behaviour } of wires) at.script.plan('account', behaviour)
    for (let many = 0; many < 40; many++) {
      const run = await opened.begin()
      await at.decide(run.id, 'skip', 'signed')
    }
    await at.clock.advance(2 * MINUTE)
    const alerts = await opened.alerts()
    const told = await Promise.all(
      alerts.map(async (alert) => ({ ...alert.matter, ...(await counted(opened, alert)) })),
    )
    expect(told.sort((a, b) => b.open - a.open)).toMatchObject([
      { kind: 'attempt-hangs', waits: true, services: ['vendor'], open: 38 },
      { kind: 'attempt-hangs', waits: false, services: ['vendor'], open: 2 },
    ])
    held.isHeld = false
  })

  it('in Purser itself, which carries out none of them, are one alert', async () => {
    await using opened = await openWatch({ carries: () => false })
    const wire = onWire()
    for (let many = 0; many < 12; many++) {
      opened.at.script.plan('account', wire.behaviour)
      const run = await opened.begin()
      await opened.at.decide(run.id, 'skip', 'signed')
    }
    await opened.at.clock.advance(MINUTE)
    const alerts = await opened.alerts()
    expect(alerts).toMatchObject([{ cause: 'attempt-hangs nobody' }])
    expect(await counted(opened, alerts[0])).toMatchObject({ open: 12 })
    wire.answer('done')
  })
})

it('runs that stand still, were not woken, or wait for what did not come are one alert for each of these', async () => {
  await using opened = await openWatch({ event: { expectedAfterMs: 2 * MINUTE } })
  const { at } = opened
  const runs = []
  for (let many = 0; many < 9; many++) runs.push(await opened.begin())
  for (const [index, { id }] of runs.entries()) {
    const row = await at.store.run(TEAM, id)
    if (!row || index % 3 === 0) continue
    const parts = index % 3 === 1 ? { wakeAt: null } : { wakeAt: at.clock.now() }
    const run = {
      ...row,
      ...parts,
      status: index % 3 === 1 ? ('running' as const) : row.status,
      version: row.version + 1,
    }
    await at.store.commit({ at: 0, entries: [], run: { kind: 'update', run, expected: row.version } })
  }
  await at.clock.advance(3 * MINUTE)
  // What was written past the mailboxes cannot be woken.
  at.errors.length = 0
  const told = await Promise.all(
    (await opened.alerts()).map(async (alert) => [alert.cause, (await counted(opened, alert)).open]),
  )
  expect(told.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))).toEqual([
    ['not-come signed', 9],
    ['not-woken', 3],
    ['standstill', 3],
  ])
})
