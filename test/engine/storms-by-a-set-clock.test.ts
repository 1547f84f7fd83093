import { describe, expect, it } from 'vitest'
import { alertCardId } from '../../src/domain/card.ts'
import { TEAM } from '../support/test-ids.ts'
import { openWatch } from './open-watch.ts'
import { onWire } from './scripted-egress.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const LOOK = 15_000
const stuck = { status: 'stuck', code: 'not-json' } as const

type Opened = Awaited<ReturnType<typeof openWatch>>

const settledEntries = async ({ at }: Opened) =>
  (await at.store.entries({ team: TEAM, kinds: ['alert.settled'] }, null, 500)).length

describe.each([
  ['on', HOUR],
  ['back', -HOUR],
])('a storm while the clock is set %s by an hour', (_, by) => {
  it('goes on in one alert, and what comes is news to its card', async () => {
    await using opened = await openWatch()
    const { at } = opened
    await opened.item(stuck)
    await opened.item(stuck)
    await at.clock.advance(LOOK)
    const [alert] = await opened.alerts()
    const id = alert?.id ?? ''
    const card = await at.store.card(TEAM, alertCardId(id))
    if (!card) throw new Error('it has no card')
    at.clock.setBy(by)
    await opened.item(stuck)
    await at.clock.advance(LOOK)
    expect((await opened.alerts()).map((each) => each.id)).toEqual([id])
    expect(await at.store.countCases(TEAM, id)).toMatchObject({ total: 3, open: 3 })
    expect(await at.store.newCases(TEAM, id, card.revision)).toMatchObject({ open: 1 })
    expect(await settledEntries(opened)).toBe(0)
    // By the time that really passes it ends: what comes then is told anew.
    await at.clock.advance(16 * MINUTE)
    await opened.item(stuck)
    await at.clock.advance(LOOK)
    expect(await opened.alerts()).toHaveLength(2)
  })

  it('is settled when it has really been quiet, and no sooner or later', async () => {
    await using opened = await openWatch()
    const { at } = opened
    const items = [await opened.item(stuck), await opened.item(stuck)]
    await at.clock.advance(LOOK)
    for (const item of items) await opened.settled(item)
    await at.clock.advance(LOOK)
    at.clock.setBy(by)
    await at.clock.advance(2 * LOOK)
    expect(await opened.alerts()).toHaveLength(1)
    await at.clock.advance(2 * MINUTE)
    expect(await opened.alerts()).toEqual([])
  })

  it('is not begun by what goes on as it should', async () => {
    await using opened = await openWatch({ policy: { timeoutMs: 5 * MINUTE } })
    const { at } = opened
    const wires = [onWire(), onWire(), onWire()]
    for (const wire of wires) {
      at.script.plan('account', wire.behaviour)
      const run = await opened.begin()
      await at.decide(run.id, 'skip', 'signed')
    }
    await at.clock.advance(LOOK)
    await opened.item({ status: 'new' })
    at.clock.setBy(by)
    await at.clock.advance(LOOK)
    expect(await opened.alerts()).toEqual([])
    await at.clock.advance(2 * MINUTE)
    expect((await opened.alerts()).map(({ cause }) => cause)).toEqual(['not-begun contracts'])
    for (const wire of wires) wire.answer('done')
  })

  it('is not over because of that, and what hangs since before is found in time', async () => {
    await using opened = await openWatch({ policy: { timeoutMs: 2 * MINUTE } })
    const { at } = opened
    const wire = onWire()
    // What was tried cannot be written down: it goes on for ever.
    at.refuse.commit = ({ entries }) =>
      entries.some(({ core }) => /^step\.(succeeded|failed|backing-off)$/.test(core.kind))
        ? new Promise(() => undefined)
        : null
    at.script.plan('account', wire.behaviour)
    const run = await opened.begin()
    await at.decide(run.id, 'skip', 'signed')
    await opened.item({ status: 'new' })
    await at.clock.advance(MINUTE)
    expect((await opened.alerts()).map(({ cause }) => cause)).toEqual(['not-begun contracts'])
    at.clock.setBy(by)
    await at.clock.advance(2 * MINUTE)
    expect((await opened.alerts()).map(({ cause }) => cause).sort()).toEqual(
      ['hangs', 'not-begun'].map((word) => expect.stringContaining(word)),
    )
    expect(await settledEntries(opened)).toBe(0)
    at.refuse.commit = null
  })
})

it('an event that is overdue stays so when the clock is set back, and is over when it comes', async () => {
  await using opened = await openWatch({ event: { expectedAfterMs: 2 * MINUTE } })
  const { at } = opened
  const run = await opened.begin()
  await at.clock.advance(3 * MINUTE)
  expect((await opened.alerts()).map(({ cause }) => cause)).toEqual(['not-come signed'])
  at.clock.setBy(-HOUR)
  await at.clock.advance(10 * MINUTE)
  expect((await opened.alerts()).map(({ cause }) => cause)).toEqual(['not-come signed'])
  expect(await settledEntries(opened)).toBe(0)
  await at.decide(run.id, 'skip', 'signed')
  await at.clock.advance(LOOK)
  expect(await opened.alerts()).toEqual([])
})
