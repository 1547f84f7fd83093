import { describe, expect, it } from 'vitest'
import { digestCardId } from '../../src/domain/card.ts'
import { createDigester } from '../../src/slack/digest/create-digester.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { TEAM } from '../support/test-ids.ts'
import { bookOf, testRules } from '../support/test-rules.ts'
import { memoryStore } from '../support/test-store.ts'

const MONDAY = Date.UTC(2026, 10, 2)
const HOUR = 3_600_000
const calendar = { timeZone: 'Europe/Berlin', workingDays: new Set([1, 2, 3, 4, 5]), holidays: new Set(['2026-11-04']) }

/** A digester over a store in memory, at a moment in the week of 2 November 2026. */
function openDigester(now: number, at: string | null = '09:00') {
  const clock = createFakeClock(now)
  const opened = memoryStore()
  const errors: unknown[] = []
  const workflows = [{ name: 'one' }, { name: 'two' }] as unknown as Parameters<typeof createDigester>[0]['workflows']
  const rules = bookOf({
    ...testRules(),
    digest: at === null ? null : { at },
    calendar,
    channel: (_purpose, workflow) => (workflow === 'one' ? '#ops' : '#people'),
  })
  const make = () =>
    createDigester({
      ...{ store: opened.store, rules, workflows, team: TEAM, clock },
      onStale: () => undefined,
      onError: (error) => errors.push(error),
    })
  let digester = make()
  digester.start()
  return {
    clock,
    restart() {
      digester.stop()
      digester = make()
      digester.start()
    },
    async days(channel = '#ops'): Promise<string[]> {
      expect(errors).toEqual([])
      const days = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((day) => `2026-11-0${day}`)
      const cards = await Promise.all(days.map((day) => opened.store.card(TEAM, digestCardId(channel, day))))
      return days.filter((_, index) => cards[index] !== null)
    },
    async [Symbol.asyncDispose]() {
      digester.stop()
      await opened[Symbol.asyncDispose]()
    },
  }
}

describe('the digest', () => {
  it('comes at the hour of the rules, by the clocks of the calendar’s zone, once in each channel', async () => {
    await using at = openDigester(MONDAY + 7.5 * HOUR)
    await at.clock.advance(0.4 * HOUR)
    expect(await at.days()).toEqual([])
    await at.clock.advance(0.2 * HOUR)
    expect(await at.days()).toEqual(['2026-11-02'])
    expect(await at.days('#people')).toEqual(['2026-11-02'])
  })

  it('comes on days on which people work', async () => {
    await using at = openDigester(MONDAY)
    for (let hour = 0; hour < 8 * 24; hour++) await at.clock.advance(HOUR)
    expect(await at.days()).toEqual(['2026-11-02', '2026-11-03', '2026-11-05', '2026-11-06', '2026-11-09'])
  })

  it('that was missed by a little still comes, once over restarts; one of long ago does not', async () => {
    await using at = openDigester(MONDAY + 10 * HOUR)
    await at.clock.advance(1_000)
    expect(await at.days()).toEqual(['2026-11-02'])
    at.restart()
    await at.clock.advance(HOUR)
    expect(await at.days()).toEqual(['2026-11-02'])
    await using late = openDigester(MONDAY + 13 * HOUR)
    await late.clock.advance(HOUR)
    expect(await late.days()).toEqual([])
  })

  it('does not come where the rules want none', async () => {
    await using at = openDigester(MONDAY, null)
    for (let hour = 0; hour < 24; hour++) await at.clock.advance(HOUR)
    expect(await at.days()).toEqual([])
  })
})
