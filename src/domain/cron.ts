import { momentIn, wallTimeIn } from './calendar.ts'

/** When a schedule fires: numbers, or `L` for a month's last day, `5L` for its last Friday, `1#2` for its second Monday. */
export interface CronFields {
  minute: readonly number[]
  hour: readonly number[]
  dayOfMonth: readonly (number | string)[]
  month: readonly number[]
  dayOfWeek: readonly (number | string)[]
}

const DAY_MS = 86_400_000
/** Every combination of days comes again within 28 years, but for those around 2100; a leap day within eight. */
const MOST_DAYS = 366 * 9

/**
 * The first moment behind `after` at which clocks in the zone show a time of the schedule; null when there is none in
 * nine years. An hour that a change of the clocks leaves out counts as the one after it; one that comes twice, once.
 */
export function nextFire(fields: CronFields, zone: string, after: number): number | null {
  const shown = wallTimeIn(zone, after)
  const today = Date.parse(`${shown.date}T00:00:00Z`)
  const hours = fields.hour.flatMap((hour) => fields.minute.map((minute) => `${two(hour)}:${two(minute)}`))
  for (let days = 0; days < MOST_DAYS; days++) {
    const day = new Date(today + days * DAY_MS)
    if (!isDayOf(fields, day)) continue
    const date = day.toISOString().slice(0, 10)
    const near = days === 0 ? hours.filter((hour) => hour >= hourBefore(shown.time)) : hours
    const first = near.findIndex((hour) => momentIn(zone, date, hour) > after)
    if (first < 0) continue
    // An hour that is left out comes after the one behind it: those around the first are looked at too.
    const moments = near.slice(first, first + AROUND).map((hour) => momentIn(zone, date, hour))
    return Math.min(...moments.filter((moment) => moment > after))
  }
  return null
}

/** Times of the schedule in (from, until], oldest first, `most` at most: of more, the last. */
export function firesBetween(
  { fields, zone }: { fields: CronFields; zone: string },
  span: { from: number; until: number },
  most: number,
): { times: number[]; left: number } {
  const times: number[] = []
  let left = 0
  for (let at = nextFire(fields, zone, span.from); at !== null && at <= span.until; at = nextFire(fields, zone, at)) {
    times.push(at)
    if (times.length > most) {
      times.shift()
      left += 1
    }
  }
  return { times, left }
}

/** Times of a schedule within an hour and a half, at the most. */
const AROUND = 90

/** `08:00` of `09:30`: no clock is set by more than that on a day that has begun. */
const hourBefore = (time: string): string => `${two(Math.max(0, Number(time.slice(0, 2)) - 1))}:00`

const two = (number: number): string => String(number).padStart(2, '0')

function isDayOf({ dayOfMonth, month, dayOfWeek }: CronFields, day: Date): boolean {
  const date = day.getUTCDate()
  const weekday = day.getUTCDay()
  const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate()
  const isDate = dayOfMonth.some((each) => each === date || (each === 'L' && date === last))
  const isWeekday = dayOfWeek.some((each) => {
    if (typeof each === 'number') return each === weekday
    const [, of, nth] = /^(\d)(?:L|#(\d))$/.exec(each) ?? []
    if (Number(of) % 7 !== weekday) return false
    return nth === undefined ? date + 7 > last : Math.ceil(date / 7) === Number(nth)
  })
  return isDate && isWeekday && month.includes(day.getUTCMonth() + 1)
}
