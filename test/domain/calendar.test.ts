import { describe, expect, it } from 'vitest'
import { isTimeZone, momentIn, workingDayFrom } from '../../src/domain/calendar.ts'

const shown = (zone: string, date: string, hour: string): string => new Date(momentIn(zone, date, hour)).toISOString()

describe('momentIn', () => {
  it.each([
    ['Europe/Berlin', '2026-11-09', '09:00', '2026-11-09T08:00'],
    ['Europe/Berlin', '2026-07-09', '09:00', '2026-07-09T07:00'],
    ['Asia/Kolkata', '2026-11-09', '09:00', '2026-11-09T03:30'],
    ['Pacific/Kiritimati', '2026-11-09', '00:00', '2026-11-08T10:00'],
    ['America/Los_Angeles', '2026-11-09', '23:59', '2026-11-10T07:59'],
    ['UTC', '2026-11-09', '09:00', '2026-11-09T09:00'],
  ])('is the moment at which clocks in %s show %s %s', (zone, date, hour, utc) => {
    expect(shown(zone, date, hour)).toBe(`${utc}:00.000Z`)
  })

  it('takes the hour after for one that the change of the clocks leaves out, and the first of one that comes twice', () => {
    expect(shown('Europe/Berlin', '2026-03-29', '02:30')).toBe('2026-03-29T01:30:00.000Z')
    expect(shown('Europe/Berlin', '2026-10-25', '02:30')).toBe('2026-10-25T00:30:00.000Z')
  })

  it('shows the same clock for every hour of every day of a year, but for those that are left out', () => {
    const zone = 'America/New_York'
    const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
    const wrong: string[] = []
    for (let day = Date.UTC(2026, 0, 1); day < Date.UTC(2027, 0, 1); day += 86_400_000) {
      const date = new Date(day).toISOString().slice(0, 10)
      for (const hour of ['00:00', '02:30', '09:00', '23:59']) {
        if (clock.format(momentIn(zone, date, hour)) !== `${date} ${hour}`) wrong.push(`${date} ${hour}`)
      }
    }
    expect(wrong).toEqual(['2026-03-08 02:30'])
  })
})

describe('workingDayFrom', () => {
  const calendar = {
    timeZone: 'Europe/Berlin',
    workingDays: new Set([1, 2, 3, 4, 5]),
    holidays: new Set(['2026-12-25', '2026-12-28']),
  }

  it.each([
    ['2026-11-09', '2026-11-09'],
    ['2026-11-07', '2026-11-09'],
    ['2026-12-25', '2026-12-29'],
    ['2026-12-31', '2026-12-31'],
  ])('of %s is %s', (date, day) => {
    expect(workingDayFrom(date, calendar)).toBe(day)
  })

  it('stays with the day when nobody ever works', () => {
    expect(workingDayFrom('2026-11-07', { ...calendar, workingDays: new Set() })).toBe('2026-11-07')
  })
})

describe('isTimeZone', () => {
  it('knows names, and neither typos nor abbreviations', () => {
    expect(['Europe/Berlin', 'UTC', 'Europe/Berln', 'CET', ''].map(isTimeZone)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ])
  })
})
