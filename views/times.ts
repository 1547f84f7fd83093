import type { RichTextDate } from '@slack/types'
import type { TimeForm } from './pieces.ts'
import { texts } from './texts/index.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A length of time as people say it, in at most two units: `0.4 s`, `3 min 20 s`, `2 days 4 h`. */
export function duration(ms: number): string {
  const { instant, seconds, minutes, hours, days } = texts.times
  if (ms < 100) return instant
  if (ms < 9_950) return seconds(Number((ms / SECOND).toFixed(1)))
  if (ms < MINUTE - SECOND / 2) return seconds(Math.round(ms / SECOND))
  if (ms < HOUR - SECOND / 2) return pair(Math.round(ms / SECOND), 60, [minutes, seconds])
  if (ms < DAY - MINUTE / 2) return pair(Math.round(ms / MINUTE), 60, [hours, minutes])
  return pair(Math.round(ms / HOUR), 24, [days, hours])
}

type Unit = (amount: number) => string

function pair(amount: number, size: number, [greater, lesser]: readonly [Unit, Unit]): string {
  const rest = amount % size
  const first = greater(Math.floor(amount / size))
  return rest === 0 ? first : texts.times.both(first, lesser(rest))
}

/** A time in the reader's own zone, inside rich text. */
export function dateElement(at: number, form: TimeForm): RichTextDate {
  return {
    type: 'date',
    timestamp: Math.floor(at / 1000),
    format: texts.times.formats[form],
    fallback: inUtc(at, form),
  }
}

/** The same inside `mrkdwn` and `text`. */
export function dateToken(at: number, form: TimeForm): string {
  return `<!date^${Math.floor(at / 1000)}^${texts.times.formats[form]}|${inUtc(at, form)}>`
}

function inUtc(at: number, form: TimeForm): string {
  const iso = new Date(at).toISOString()
  if (form === 'date') return iso.slice(0, 10)
  if (form === 'clock' || form === 'ago') return texts.times.utc(iso.slice(11, 16))
  return texts.times.utc(`${iso.slice(0, 10)} ${iso.slice(11, form === 'second' ? 19 : 16)}`)
}

/** A time to the second for a reader without Slack. */
export const secondInUtc = (at: number): string => inUtc(at, 'second')
