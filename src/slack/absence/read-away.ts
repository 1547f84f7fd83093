import { dayIn, momentIn } from '../../domain/calendar.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const UNITS_MS: Readonly<Record<string, number>> = { h: HOUR_MS, d: DAY_MS, w: 7 * DAY_MS }
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
const SHAPE =
  /^away(?: +until +(?<until>\d{4}-\d{2}-\d{2}|tomorrow|(?:next +)?(?:sun|mon|tues|wednes|thurs|fri|satur)day))?(?: +for +(?<amount>\d{1,3}) *(?<unit>[hdw])(?:ours?|ays?|eeks?)?)?(?: +(?:ask +)?(?<who>\S.*))?$/iu

export interface AwayWish {
  /** Milliseconds since 1970; null: until they say that they are back. */
  until: number | null
  /** As typed: a mention, an address, a name. */
  who: string | null
}

/** `away until monday @mona`, `away for 3d`: null when it cannot be meant. Days are those of the zone. */
export function readAway(typed: string, zone: string, now: number): AwayWish | null {
  const { until, amount, unit = '', who = null } = SHAPE.exec(typed)?.groups ?? { until: '?' }
  if (until === '?') return null
  if (amount !== undefined) return { until: now + Number(amount) * (UNITS_MS[unit.toLowerCase()] ?? 0), who }
  if (until === undefined) return { until: null, who }
  const day = dayOf(until.toLowerCase().replace(/^next +/, ''), zone, now)
  const at = day === null ? null : momentIn(zone, day, '00:00')
  return at === null || at <= now ? null : { until: at, who }
}

/** A day as `2026-12-24`; of a weekday the next one, not today. */
function dayOf(word: string, zone: string, now: number): string | null {
  const today = dayIn(zone, now)
  const plus = (days: number): string =>
    new Date(Date.parse(`${today}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
  if (word === 'tomorrow') return plus(1)
  const weekday = WEEKDAYS.indexOf(word)
  if (weekday >= 0) return plus(((weekday - new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7) + 1)
  return Number.isNaN(Date.parse(word)) ? null : word
}
