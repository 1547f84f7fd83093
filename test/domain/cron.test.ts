import { createTask, parse } from 'node-cron'
import { describe, expect, it } from 'vitest'
import { firesBetween, nextFire } from '../../src/domain/cron.ts'

const at = (iso: string): number => Date.parse(iso)
const next = (cron: string, zone: string, after: string): string => {
  const found = nextFire(parse(cron), zone, at(after))
  return found === null ? 'never' : new Date(found).toISOString().replace(':00.000Z', 'Z')
}

describe('when a schedule fires', () => {
  it.each([
    ['0 9 * * mon-fri', 'Europe/Berlin', '2026-11-06T08:00:00Z', '2026-11-09T08:00Z'],
    ['0 9 * * mon-fri', 'Europe/Berlin', '2026-11-06T07:59:59Z', '2026-11-06T08:00Z'],
    ['*/15 * * * *', 'UTC', '2026-11-06T08:14:59Z', '2026-11-06T08:15Z'],
    ['0 9 L * *', 'UTC', '2027-02-01T00:00:00Z', '2027-02-28T09:00Z'],
    ['0 9 * * 5L', 'UTC', '2026-11-01T00:00:00Z', '2026-11-27T09:00Z'],
    ['0 9 * * 1#2', 'UTC', '2026-11-01T00:00:00Z', '2026-11-09T09:00Z'],
    ['0 9 29 2 *', 'UTC', '2026-11-01T00:00:00Z', '2028-02-29T09:00Z'],
    ['0 0 1 1 *', 'Pacific/Auckland', '2026-11-01T00:00:00Z', '2026-12-31T11:00Z'],
    ['30 23 * * *', 'America/New_York', '2026-11-06T04:31:00Z', '2026-11-07T04:30Z'],
  ])('%s in %s after %s is %s', (cron, zone, after, expected) => {
    expect(next(cron, zone, after)).toBe(expected)
  })

  it('counts an hour that the clocks leave out as the one after it, and fires once', () => {
    expect(next('30 2 * * *', 'Europe/Berlin', '2027-03-28T00:00:00Z')).toBe('2027-03-28T01:30Z')
    expect(next('30 2 * * *', 'Europe/Berlin', '2027-03-28T01:30:00Z')).toBe('2027-03-29T00:30Z')
  })

  it('fires once in an hour that comes twice', () => {
    expect(next('30 2 * * *', 'Europe/Berlin', '2026-10-25T00:00:00Z')).toBe('2026-10-25T00:30Z')
    expect(next('30 2 * * *', 'Europe/Berlin', '2026-10-25T00:30:00Z')).toBe('2026-10-26T01:30Z')
  })

  it('goes on through both changes of the clocks without a gap of more than its own', () => {
    for (const start of ['2026-10-24T20:00:00Z', '2027-03-27T20:00:00Z']) {
      const span = { from: at(start), until: at(start) + 86_400_000 }
      const { times } = firesBetween({ fields: parse('*/30 * * * *'), zone: 'Europe/Berlin' }, span, 1_000)
      expect(new Set(times).size).toBe(times.length)
      const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0))
      expect(Math.min(...gaps)).toBeGreaterThan(0)
      expect(Math.max(...gaps)).toBeLessThanOrEqual(90 * 60_000)
    }
  })

  it('agrees with node-cron on every minute of two weeks, apart from changes of the clocks', () => {
    let fired = 0
    for (const cron of ['*/17 8-10 * * 1,3', '5 0 L * *', '0 12 * * 0#1', '0 9 10-14 11 *', '59 23 * * *']) {
      const zone = 'America/New_York'
      const task = createTask(cron, () => undefined, { timezone: zone })
      const from = at('2026-11-03T00:00:00Z')
      const { times } = firesBetween({ fields: parse(cron), zone }, { from, until: from + 14 * 86_400_000 }, 1_000)
      const expected: number[] = []
      for (let minute = from + 60_000; minute <= from + 14 * 86_400_000; minute += 60_000) {
        if (task.match(new Date(minute))) expected.push(minute)
      }
      void task.destroy()
      expect(times, cron).toEqual(expected)
      fired += times.length
    }
    expect(fired).toBeGreaterThan(20)
  })

  it('tells of many missed times the last, and how many there were', () => {
    const span = { from: at('2026-11-01T00:00:00Z'), until: at('2026-11-01T10:00:00Z') }
    const { times, left } = firesBetween({ fields: parse('0 * * * *'), zone: 'UTC' }, span, 2)
    expect(times).toEqual([at('2026-11-01T09:00:00Z'), at('2026-11-01T10:00:00Z')])
    expect(left).toBe(8)
  })
})
