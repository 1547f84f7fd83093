import { wallTimeIn } from '../domain/calendar.ts'

/** What a schedule fills in: `{date}` 2026-11-09 · `{month}` 2026-11 · `{year}` 2026 · `{time}` 09:00. */
export const PLACEHOLDERS = ['date', 'month', 'year', 'time'] as const

/** The input with the time at which the schedule was due, by the clocks of its zone. */
export function fillIn(input: unknown, { zone, at }: { zone: string; at: number }): unknown {
  const { date, time } = wallTimeIn(zone, at)
  const values = { date, month: date.slice(0, 7), year: date.slice(0, 4), time }
  const fill = (value: unknown): unknown => {
    if (typeof value === 'string')
      return PLACEHOLDERS.reduce((text, each) => text.replaceAll(`{${each}}`, values[each]), value)
    if (Array.isArray(value)) return value.map(fill)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fill(each)]))
  }
  return fill(input)
}
