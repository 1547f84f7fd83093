import { momentIn } from '../../domain/calendar.ts'

/** Days that somebody names by month, without the year: the last ones that have begun. Months from 1, both ends in it. */
export interface CalendarPeriod {
  kind: 'dates'
  from: { month: number; day: number }
  /** Null: until now. */
  to: { month: number; day: number } | null
}

const MONTHS = 'january february march april may june july august september october november december'.split(' ')
const NAME = MONTHS.map((name) => (name.length > 4 ? `${name.slice(0, 3)}(?:${name.slice(3)})?` : name)).join('|')
const DAY = '(\\d{1,2})(?:st|nd|rd|th)?(?: of)?'
const DAY_MS = 86_400_000
/** Any number of days that is beyond a month; the month's own end is taken instead. */
const WHOLE_MONTH = 31

type Read = (found: RegExpExecArray) => CalendarPeriod | null

const monthOf = (name: string): number => MONTHS.findIndex((each) => each.startsWith(name.slice(0, 3))) + 1

function dates(from: [day: string, month: string], to: [day: string, month: string] | null): CalendarPeriod | null {
  const [first, last] = [from, to].map((end) => end && { day: Number(end[0]), month: monthOf(end[1]) })
  const isDay = (end: typeof first): boolean => !end || (end.day >= 1 && end.day <= WHOLE_MONTH)
  return first && isDay(first) && isDay(last) ? { kind: 'dates', from: first, to: last ?? null } : null
}

/** Ways of naming days of the calendar; longer ones first. */
export const CALENDAR_PHRASES: readonly (readonly [RegExp, Read])[] = [
  [
    new RegExp(`\\b(?:between|from) (?:the )?${DAY}(?: (${NAME}))? (?:and|to|until|till) (?:the )?${DAY} (${NAME})\\b`),
    ([, day = '', month, last = '', name = '']) => dates([day, month ?? name], [last, name]),
  ],
  [new RegExp(`\\bsince (?:the )?${DAY} (${NAME})\\b`), ([, day = '', name = '']) => dates([day, name], null)],
  [new RegExp(`\\b(?:on )?(?:the )?${DAY} (${NAME})\\b`), ([, day = '', name = '']) => dates([day, name], [day, name])],
  [
    new RegExp(`\\bon (?:the )?(${NAME}) (\\d{1,2})(?:st|nd|rd|th)?\\b`),
    ([, name = '', day = '']) => dates([day, name], [day, name]),
  ],
  [new RegExp(`\\bsince (${NAME})\\b`), ([, name = '']) => dates(['1', name], null)],
  [
    new RegExp(`\\b(?:in|during|for|over) (?:all of )?(${NAME})\\b`),
    ([, name = '']) => dates(['1', name], [String(WHOLE_MONTH), name]),
  ],
]

/** From when until when these days last in this zone, the last time that they came; in milliseconds since 1970. */
export function boundsOfDates(
  { from, to }: CalendarPeriod,
  now: number,
  zone: string,
): { since: number; until: number } {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(now)
  const thisYear = Number(today.slice(0, 4))
  const year = isoDay(thisYear, from) <= today ? thisYear : thisYear - 1
  const since = momentIn(zone, isoDay(year, from), '00:00')
  if (to === null) return { since, until: now }
  const last = isoDay(isoDay(year, to) >= isoDay(year, from) ? year : year + 1, to)
  return { since, until: Math.min(now, momentIn(zone, dayAfter(last), '00:00')) }
}

/** The day as ISO 8601 has it; what is beyond the month's end is its last day. */
function isoDay(year: number, { month, day }: { month: number; day: number }): string {
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1, Math.min(day, days))).toISOString().slice(0, 10)
}

const dayAfter = (day: string): string => new Date(Date.parse(`${day}T12:00:00Z`) + DAY_MS).toISOString().slice(0, 10)
