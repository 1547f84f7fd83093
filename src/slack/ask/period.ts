import { momentIn } from '../../domain/calendar.ts'
import { boundsOfDates, CALENDAR_PHRASES, type CalendarPeriod } from './calendar-period.ts'
import { FUTURE_PHRASES, type FuturePeriod, NUMBERS, WEEKDAYS } from './future-period.ts'

/** A time that somebody names; which it is depends on when and where they ask. */
export type Period =
  /** Whole days: `from` and `to` days ago. */
  | { kind: 'days'; from: number; to: number }
  | { kind: 'hours'; count: number }
  /** As it was when the question was asked. */
  | { kind: 'exact'; since: number; until: number }
  /** `back` 0 is the present one. */
  | { kind: 'week' | 'month' | 'quarter'; back: number }
  /** The last day of that name, 0 is Sunday; `on`: that day alone, else until now. */
  | { kind: 'weekday'; day: number; on: boolean }
  /** From one day of the week until the end of another one. */
  | { kind: 'between'; from: number; to: number }
  | CalendarPeriod
  | FuturePeriod

/** Whether now is in it, and what was before hardly counts: today, this week. */
export const isNow = (period: Period): boolean =>
  period.kind === 'days' ? period.from === 0 : 'back' in period && period.back === 0

export const THIS_WEEK: Period = { kind: 'week', back: 0 }

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const DAY_NAME = WEEKDAYS.join('|')

type Read = (found: RegExpExecArray) => Period | null
const days = (from: number, to = 0): Period => ({ kind: 'days', from, to })

/** Ways of naming a time; longer ones first. */
const PHRASES: readonly (readonly [RegExp, Read])[] = [
  ...CALENDAR_PHRASES,
  [
    /\b(?:in|over|during|within|for) the (?:last|past) (\d{1,3}|few|couple(?: of)?|two|three|four|five|seven) (hour|day|week|month)s?\b/,
    ([, amount = '', unit = '']) => lastOf(amount, unit),
  ],
  [
    /\b(?:the )?(?:last|past) (\d{1,3}|few|couple(?: of)?|two|three|four|five|seven) (hour|day|week|month)s?\b/,
    ([, amount = '', unit = '']) => lastOf(amount, unit),
  ],
  [/\b(?:in|over|during|within) the (?:last|past) (hour|day|week|month)\b/, ([, unit = '']) => lastOf('1', unit)],
  [/\b(?:the )?past (hour|day|week|month)\b/, ([, unit = '']) => lastOf('1', unit)],
  [
    new RegExp(`\\b(?:between|from) (${DAY_NAME}) (?:and|to|until|till) (${DAY_NAME})\\b`),
    ([, from = '', to = '']) => ({ kind: 'between', from: WEEKDAYS.indexOf(from), to: WEEKDAYS.indexOf(to) }),
  ],
  [/\bthe day before yesterday\b/, () => days(2, 2)],
  [/\bsince yesterday\b/, () => days(1)],
  [new RegExp(`\\bsince (?:last )?(${DAY_NAME})\\b`), ([, day = '']) => weekday(day, false)],
  ...FUTURE_PHRASES,
  [new RegExp(`\\b(?:on (?:the )?|last |the )(${DAY_NAME})\\b`), ([, day = '']) => weekday(day, true)],
  [/\b(?:over |on |during )?(?:the |this |last )weekend\b/, () => days(7)],
  [/\bovernight\b/, () => days(1)],
  [
    /(?<!\bbefore )\b(?:since |from )?(?:earlier |so far )?(?:today|tonight|this (?:morning|afternoon|evening))\b/,
    () => days(0),
  ],
  [/\b(?:yesterday|last night)(?: (?:morning|afternoon|evening))?\b/, () => days(1, 1)],
  [/\b(?:so far )?(?:in )?this (week|month|quarter)(?: so far)?\b/, ([, unit]) => unitOf(unit, 0)],
  [/\b(?:in )?(?:the )?(?:last|previous) (week|month|quarter)\b/, ([, unit]) => unitOf(unit, 1)],
]

const unitOf = (unit: string | undefined, back: number): Period => ({
  kind: unit === 'month' || unit === 'quarter' ? unit : 'week',
  back,
})
const weekday = (name: string, on: boolean): Period => ({ kind: 'weekday', day: WEEKDAYS.indexOf(name), on })

function lastOf(amount: string, unit: string): Period {
  const count = NUMBERS[amount.split(' ')[0] ?? ''] ?? Number(amount)
  if (unit === 'hour') return { kind: 'hours', count }
  return { kind: 'hours', count: count * 24 * (unit === 'week' ? 7 : unit === 'month' ? 30 : 1) }
}

/** `what did you do before today, like last week`: nothing that is still to come. */
const IN_THE_PAST = /\b(?:did|was|were|done|happened|have you|has been|had)\b/

/** Beside another time it says nothing. */
const BEFORE_NOW = /,? before (?:today|now|this \w+)(?:, like)?/i

/** The time that a sentence in lower case names, and the sentence without it; `text` has the same length. */
export function readPeriod(small: string, text: string): { period: Period | null; rest: string } {
  const isPast = IN_THE_PAST.test(small)
  for (const [phrase, read] of PHRASES) {
    const found = phrase.exec(small)
    const period = found && read(found)
    if (!period || (isPast && period.kind === 'future')) continue
    const cutOut = text.slice(0, found.index) + text.slice(found.index + found[0].length)
    return {
      period,
      rest: cutOut
        .replace(BEFORE_NOW, '')
        .replace(/\s+/g, ' ')
        .replace(/[\s,]+$/, '')
        .trim(),
    }
  }
  return { period: null, rest: text }
}

/** From when until when it lasts for somebody in this zone, in milliseconds since 1970. */
export function boundsOf(period: Period, now: number, zone: string): { since: number; until: number } {
  // By the calendar: a day on which the clocks change has 23 or 25 hours.
  const today = Date.parse(`${dayIn(zone, now)}T00:00:00Z`)
  const midnight = (daysAgo: number): number =>
    momentIn(zone, new Date(today - daysAgo * DAY_MS).toISOString().slice(0, 10), '00:00')
  switch (period.kind) {
    case 'exact':
      return { since: period.since, until: period.until }
    case 'hours':
      return { since: now - period.count * HOUR_MS, until: now }
    case 'days':
      return { since: midnight(period.from), until: period.to === 0 ? now : midnight(period.to - 1) }
    case 'week': {
      const sinceMonday = (weekdayIn(zone, now) + 6) % 7
      const monday = midnight(sinceMonday + 7 * period.back)
      return { since: monday, until: period.back === 0 ? now : midnight(sinceMonday + 7 * (period.back - 1)) }
    }
    case 'month': {
      const first = monthStart(zone, now, period.back)
      return { since: first, until: period.back === 0 ? now : monthStart(zone, now, period.back - 1) }
    }
    case 'quarter': {
      const sinceFirst = (Number(dayIn(zone, now).slice(5, 7)) - 1) % 3
      const back = sinceFirst + 3 * period.back
      return { since: monthStart(zone, now, back), until: period.back === 0 ? now : monthStart(zone, now, back - 3) }
    }
    case 'dates':
      return boundsOfDates(period, now, zone)
    case 'weekday': {
      const back = (weekdayIn(zone, now) - period.day + 7) % 7 || (period.on ? 7 : 0)
      return { since: midnight(back), until: period.on ? midnight(back - 1) : now }
    }
    case 'between': {
      const last = (weekdayIn(zone, now) - period.to + 7) % 7
      const first = last + ((period.to - period.from + 7) % 7)
      return { since: midnight(first), until: last === 0 ? now : midnight(last - 1) }
    }
    case 'future':
      return { since: now, until: now }
  }
}

export const dayIn = (zone: string, at: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(at)

export const weekdayIn = (zone: string, at: number): number => new Date(`${dayIn(zone, at)}T00:00:00Z`).getUTCDay()

function monthStart(zone: string, now: number, back: number): number {
  const [year = 1970, month = 1] = dayIn(zone, now).split('-').map(Number)
  const first = new Date(Date.UTC(year, month - 1 - back, 1)).toISOString().slice(0, 10)
  return momentIn(zone, first, '00:00')
}
