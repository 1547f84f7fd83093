import { parse } from 'node-cron'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { workflow } from '../../src/engine/define-workflow.ts'
import { boundsOf, readPeriod } from '../../src/slack/ask/period.ts'
import { createDigester } from '../../src/slack/digest/create-digester.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { TEAM } from '../support/test-ids.ts'
import { bookOf, testRules } from '../support/test-rules.ts'
import { memoryStore } from '../support/test-store.ts'
import { open as openAsked } from './asked-people.ts'
import { openEngine } from './open-engine.ts'
import { openScheduler } from './open-scheduler.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const utc = (text: string): number => Date.parse(`${text}Z`)
const shown = (at: number): string => new Date(at).toISOString().slice(0, 16)

/** The Sundays on which clocks are put on and back; `at`: that moment. */
const BERLIN = {
  spring: { zone: 'Europe/Berlin', day: '2027-03-28', at: utc('2027-03-28T01:00') },
  autumn: { zone: 'Europe/Berlin', day: '2027-10-31', at: utc('2027-10-31T01:00') },
}
const NEW_YORK = {
  spring: { zone: 'America/New_York', day: '2027-03-14', at: utc('2027-03-14T07:00') },
  autumn: { zone: 'America/New_York', day: '2027-11-07', at: utc('2027-11-07T06:00') },
}
const CHANGES = [BERLIN.spring, BERLIN.autumn, NEW_YORK.spring, NEW_YORK.autumn]

describe('a schedule when the clocks change', () => {
  /** That Sunday's time and Monday's; the other moment at which clocks show Sunday's, or would have. */
  const cases = [
    {
      ...BERLIN.spring,
      cron: '30 2 * * *',
      fires: ['2027-03-28T01:30', '2027-03-29T00:30'],
      other: '2027-03-28T00:30',
    },
    {
      ...BERLIN.autumn,
      cron: '30 2 * * *',
      fires: ['2027-10-31T00:30', '2027-11-01T01:30'],
      other: '2027-10-31T01:30',
    },
    {
      ...NEW_YORK.spring,
      cron: '30 2 * * *',
      fires: ['2027-03-14T07:30', '2027-03-15T06:30'],
      other: '2027-03-14T06:30',
    },
    {
      ...NEW_YORK.autumn,
      cron: '30 1 * * *',
      fires: ['2027-11-07T05:30', '2027-11-08T06:30'],
      other: '2027-11-07T06:30',
    },
  ]

  it.each(cases)('$cron in $zone on $day starts once, over restarts too, and raises no alert', async (each) => {
    await using opened = await openScheduler({ fields: parse(each.cron), zone: each.zone })
    const { clock, errors, store } = opened.at
    const [first = '', second = ''] = each.fires
    const until = async (text: string): Promise<void> => await clock.advance(utc(text) - clock.now())
    clock.setBy(Math.min(utc(first), utc(each.other)) - 10 * 60_000 - clock.now())
    await opened.start()
    opened.watch.start()
    await clock.advance(5 * 60_000)
    expect(await opened.periods()).toEqual([])
    await until(first)
    await opened.stop()
    await opened.restart()
    // Past the other moment, and past the next full hour.
    await clock.advance(2 * HOUR)
    await opened.stop()
    await opened.restart()
    expect(await opened.periods()).toEqual([first])
    expect(await store.openAlerts()).toEqual([])
    await opened.stop()
    clock.setBy(utc(second) - 10 * 60_000 - clock.now())
    await opened.restart()
    await until(second)
    expect(await opened.periods()).toEqual(each.fires)
    const fired = await store.entries({ team: TEAM, kinds: ['schedule.fired'] }, null, 10)
    expect(fired.map(({ core }) => shown(Number(core.facts?.due))).toReversed()).toEqual(each.fires)
    expect(errors).toEqual([])
  })

  it.each(cases)('$cron in $zone on $day is made up for once when nothing ran at that hour', async (each) => {
    await using opened = await openScheduler({ fields: parse(each.cron), zone: each.zone })
    const { clock } = opened.at
    clock.setBy(each.at - 6 * HOUR - clock.now())
    await opened.start()
    await opened.stop()
    clock.setBy(9 * HOUR)
    await opened.restart()
    await clock.advance(60_000)
    expect(await opened.periods()).toEqual([each.fires[0]])
  })
})

const starting = workflow(
  {
    name: 'starting',
    version: 1,
    title: 'Starting',
    input: z.object({ email: z.email(), name: z.string(), day: z.string(), zone: z.string() }),
    subject: ({ email, name }) => ({ key: email, label: name }),
  },
  ({ until, delay }) => {
    const of = (title: string, hour: string) =>
      ({
        ...{ title, hour },
        at: ({ input }: { input: { day: string } }) => input.day,
        zone: ({ input }: { input: { zone: string } }) => input.zone,
      }) as const
    until('early', of('At half past one', '01:30'))
    until('late', of('At half past two', '02:30'))
    until('morning', of('At nine', '09:00'))
    delay('rest', { title: 'A day long', for: () => DAY })
  },
)

describe('a step that waits when the clocks change', () => {
  it.each([
    { ...BERLIN.spring, ends: ['2027-03-28T00:30', '2027-03-28T01:30', '2027-03-28T07:00'] },
    { ...BERLIN.autumn, ends: ['2027-10-30T23:30', '2027-10-31T00:30', '2027-10-31T08:00'] },
    { ...NEW_YORK.spring, ends: ['2027-03-14T06:30', '2027-03-14T07:30', '2027-03-14T13:00'] },
    { ...NEW_YORK.autumn, ends: ['2027-11-07T05:30', '2027-11-07T07:30', '2027-11-07T14:00'] },
  ])('in $zone on $day goes on at its hour by the clocks there; a delay of a day lasts 24 hours', async (each) => {
    await using at = await openEngine({ workflow: starting })
    at.clock.setBy(each.at - 16 * HOUR - at.clock.now())
    const begun = at.clock.now()
    const { id } = await at.begin({ day: each.day, zone: each.zone })
    const keys = ['early', 'late', 'morning', 'rest']
    const ends = [...each.ends, shown(begun + DAY)]
    const waits = await Promise.all(keys.map(async (key) => (await at.step(id, key)).wait))
    expect(waits.map((wait) => (wait?.kind === 'time' ? shown(wait.until) : null))).toEqual(ends)
    await at.clock.advance(each.at + 60_000 - at.clock.now())
    await at.crash()
    await at.clock.advance(DAY)
    const steps = await Promise.all(keys.map((key) => at.step(id, key)))
    expect(steps.map((step) => `${step.status} ${'at' in step ? shown(step.at) : ''}`)).toEqual(
      ends.map((end) => `succeeded ${end}`),
    )
    expect((await at.kinds(id)).filter((kind) => kind === 'step.succeeded')).toHaveLength(keys.length)
    expect(at.errors).toEqual([])
  })
})

describe('an approval when the clocks change', () => {
  it.each(CHANGES)('in $zone on $day reminds after 24 hours and ends after 48, each once', async (change) => {
    const approval = { remindAfterMs: [DAY], expiry: { afterMs: 2 * DAY, outcome: 'refuse' } } as const
    await using at = await openAsked({ approval })
    at.clock.setBy(change.at - 12 * HOUR - at.clock.now())
    const asked = at.clock.now()
    const { id } = await at.begin()
    await at.clock.advance(13 * HOUR)
    await at.crash()
    await at.clock.advance(3 * DAY)
    const kinds = ['step.reminded', 'step.expired', 'step.refused']
    const entries = (await at.store.entries({ team: TEAM, run: id, kinds }, null, 100)).toReversed()
    expect(entries.map(({ core }) => [core.kind, (core.at - asked) / HOUR])).toEqual([
      ['step.reminded', 24],
      ['step.expired', 48],
      ['step.refused', 48],
    ])
    expect(at.errors).toEqual([])
  })
})

/** The moments at which the digest came, from the evening before the change on for three days, with a restart after it. */
async function digests({ zone, at }: { zone: string; at: number }, hour: string): Promise<string[]> {
  const clock = createFakeClock(at - 16 * HOUR)
  await using opened = memoryStore()
  const errors: unknown[] = []
  const came: string[] = []
  const { commit } = opened.store
  const store: typeof opened.store = {
    ...opened.store,
    async commit(change) {
      for (const card of change.cards ?? [])
        if (card.kind === 'digest') came.push(`${card.about} ${shown(clock.now())}`)
      return await commit(change)
    },
  }
  const calendar = { timeZone: zone, workingDays: new Set([0, 1, 2, 3, 4, 5, 6]), holidays: new Set<string>() }
  const rules = bookOf({ ...testRules(), digest: { at: hour }, calendar })
  const workflows = [{ name: 'one' }] as unknown as Parameters<typeof createDigester>[0]['workflows']
  const make = () =>
    createDigester({
      ...{ store, rules, workflows, team: TEAM, clock },
      onStale: () => undefined,
      onError: (error) => errors.push(error),
    })
  const lives = [make(), make()]
  lives[0]?.start()
  await clock.advance(16 * HOUR + 60_000)
  lives[0]?.stop()
  lives[1]?.start()
  await clock.advance(40 * HOUR)
  lives[1]?.stop()
  expect(errors).toEqual([])
  return came
}

describe('the digest when the clocks change', () => {
  it.each([
    { ...BERLIN.spring, came: ['2027-03-28 2027-03-28T07:00', '2027-03-29 2027-03-29T07:00'] },
    { ...BERLIN.autumn, came: ['2027-10-31 2027-10-31T08:00', '2027-11-01 2027-11-01T08:00'] },
    { ...NEW_YORK.spring, came: ['2027-03-14 2027-03-14T13:00', '2027-03-15 2027-03-15T13:00'] },
    { ...NEW_YORK.autumn, came: ['2027-11-07 2027-11-07T14:00', '2027-11-08 2027-11-08T14:00'] },
  ])('comes at nine by the clocks in $zone on $day and the day after', async ({ came, ...change }) => {
    expect((await digests(change, '09:00')).filter((each) => !each.startsWith(dayBefore(change.day)))).toEqual(came)
  })

  it.each([
    { ...BERLIN.spring, hour: '02:30', came: '2027-03-28T01:30' },
    { ...BERLIN.autumn, hour: '02:30', came: '2027-10-31T00:30' },
    { ...NEW_YORK.spring, hour: '02:30', came: '2027-03-14T07:30' },
    { ...NEW_YORK.autumn, hour: '01:30', came: '2027-11-07T05:30' },
  ])('comes once in $zone on $day where its hour is left out or comes twice', async ({ came, hour, ...change }) => {
    const ofThatDay = (await digests(change, hour)).filter((each) => each.startsWith(change.day))
    expect(ofThatDay).toEqual([`${change.day} ${came}`])
  })
})

const dayBefore = (day: string): string => new Date(utc(`${day}T00:00`) - DAY).toISOString().slice(0, 10)

describe('days in a question when the clocks change', () => {
  it.each([
    // Late on the day of 25 hours: 24 hours ago was that day too.
    ['2027-10-31T22:30', BERLIN.autumn.zone, 'yesterday', '2027-10-29T22:00', '2027-10-30T22:00'],
    ['2027-10-31T22:30', BERLIN.autumn.zone, 'this week', '2027-10-24T22:00', '2027-10-31T22:30'],
    ['2027-11-08T04:30', NEW_YORK.autumn.zone, 'yesterday', '2027-11-06T04:00', '2027-11-07T04:00'],
    // Early on the day after that of 23 hours: 24 hours ago was the day before it.
    ['2027-03-28T22:30', BERLIN.spring.zone, 'yesterday', '2027-03-27T23:00', '2027-03-28T22:00'],
    ['2027-03-15T04:30', NEW_YORK.spring.zone, 'yesterday', '2027-03-14T05:00', '2027-03-15T04:00'],
  ])('at %s in %s, %s is from midnight to midnight', (now, zone, said, since, until) => {
    const { period } = readPeriod(said, said)
    if (!period) throw new Error(`no time in ${said}`)
    const bounds = boundsOf(period, utc(now), zone)
    expect([shown(bounds.since), shown(bounds.until)]).toEqual([since, until])
  })
})
