import type { RichTextDate } from '@slack/types'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A length of time as people say it, in at most two units: `0.4 s`, `3 min 20 s`, `2 days 4 h`. */
export function duration(ms: number): string {
  if (ms < 100) return 'under 0.1 s'
  if (ms < 9_950) return `${(ms / SECOND).toFixed(1).replace('.0', '')} s`
  if (ms < MINUTE - SECOND / 2) return `${Math.round(ms / SECOND)} s`
  if (ms < HOUR - SECOND / 2) return pair(Math.round(ms / SECOND), 60, ['min', 's'])
  if (ms < DAY - MINUTE / 2) return pair(Math.round(ms / MINUTE), 60, ['h', 'min'])
  const hours = Math.round(ms / HOUR)
  return pair(hours, 24, [hours < 48 ? 'day' : 'days', 'h'])
}

function pair(amount: number, size: number, units: readonly [string, string]): string {
  const rest = amount % size
  return `${Math.floor(amount / size)} ${units[0]}${rest === 0 ? '' : ` ${rest} ${units[1]}`}`
}

/** `clock`: the hour alone · `date`: the day alone · `day`: the day and the hour · `near`: Today, Yesterday… · `second`: for lists of calls · `ago`: how far it is from now. */
export type TimeForm = 'clock' | 'date' | 'day' | 'near' | 'second' | 'ago'

const FORMATS: Record<TimeForm, string> = {
  clock: '{time}',
  date: '{date_short}',
  day: '{date_short} at {time}',
  near: '{date_short_pretty} at {time}',
  second: '{date_short_pretty}, {time_secs}',
  ago: '{ago}',
}

/** The hour alone while the day is clear from `anchor`, a time that stands on the same card with its day. */
export function formBeside(at: number, anchor: number): TimeForm {
  return Math.abs(at - anchor) < DAY / 2 ? 'clock' : 'day'
}

/** A time in the reader's own zone, inside rich text. */
export function dateElement(at: number, form: TimeForm): RichTextDate {
  return { type: 'date', timestamp: Math.floor(at / 1000), format: FORMATS[form], fallback: inUtc(at, form) }
}

/** The same inside `mrkdwn` and `text`. */
export function dateToken(at: number, form: TimeForm): string {
  return `<!date^${Math.floor(at / 1000)}^${FORMATS[form]}|${inUtc(at, form)}>`
}

function inUtc(at: number, form: TimeForm): string {
  const iso = new Date(at).toISOString()
  if (form === 'clock' || form === 'ago') return `${iso.slice(11, 16)} UTC`
  if (form === 'date') return iso.slice(0, 10)
  return `${iso.slice(0, 10)} ${iso.slice(11, form === 'second' ? 19 : 16)} UTC`
}
