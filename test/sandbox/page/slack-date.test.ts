import { describe, expect, it } from 'vitest'
import { formatSlackDate } from '../../../src/sandbox/page/text/slack-date.ts'

const unix = Date.UTC(2026, 7, 3, 9, 5, 7) / 1000
const berlin = { now: new Date(Date.UTC(2026, 7, 3, 20)), locale: 'en-US', timeZone: 'Europe/Berlin' }

describe('a date as Slack shows it', () => {
  it.each([
    ['{date_num}', '2026-08-03'],
    ['{date_short}', 'Aug 3, 2026'],
    ['{date}', 'August 3, 2026'],
    ['{date_long}', 'Monday, August 3, 2026'],
    ['{time}', '11:05 AM'],
    ['{time_secs}', '11:05:07 AM'],
    ['{ago}', '11 hours ago'],
    ['{date_short_pretty} at {time}', 'Today at 11:05 AM'],
    ['on {unknown}', 'on {unknown}'],
  ])('writes %s in the zone of its reader', (format, shown) => {
    expect(formatSlackDate(unix, format, berlin).replaceAll('\u202f', ' ')).toBe(shown)
  })

  it('counts days by the calendar of the reader, not by hours', () => {
    const late = Date.UTC(2026, 7, 2, 21, 30) / 1000
    expect(formatSlackDate(late, '{date_pretty}', berlin)).toBe('Yesterday')
    expect(formatSlackDate(late, '{date_pretty}', { ...berlin, timeZone: 'UTC' })).toBe('Yesterday')
    expect(formatSlackDate(late + 3600, '{date_pretty}', berlin)).toBe('Today')
  })

  it('names the year only when it is another one', () => {
    expect(formatSlackDate(unix - 86_400 * 40, '{date_short_pretty}', berlin)).toBe('Jun 24')
    expect(formatSlackDate(unix - 86_400 * 400, '{date_short_pretty}', berlin)).toBe('Jun 29, 2025')
  })
})
