export interface Reader {
  now: Date
  locale: string
  /** Left out: the zone of the browser. */
  timeZone?: string
}

type Part = Intl.DateTimeFormatOptions

/** Writes a time as the tokens of Slack's date format ask, such as `{date_short_pretty} at {time}`, for one reader. */
export function formatSlackDate(unixSeconds: number, format: string, reader: Reader): string {
  const date = new Date(unixSeconds * 1000)
  return format.replace(/\{(\w+)\}/g, (written, token: string) => formatToken(date, token, reader) ?? written)
}

function formatToken(date: Date, token: string, reader: Reader): string | undefined {
  const write = (options: Part) => writeIn(date, options, reader)
  switch (token) {
    case 'date_num':
      return dayKey(date, reader)
    case 'date':
      return write({ month: 'long', day: 'numeric', year: 'numeric' })
    case 'date_short':
      return write({ month: 'short', day: 'numeric', year: 'numeric' })
    case 'date_long':
      return write({ weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' })
    case 'date_pretty':
    case 'day_divider_pretty':
      return relativeDay(date, reader) ?? write({ month: 'long', day: 'numeric', ...yearUnlessThis(date, reader) })
    case 'date_short_pretty':
      return relativeDay(date, reader) ?? write({ month: 'short', day: 'numeric', ...yearUnlessThis(date, reader) })
    case 'date_long_pretty':
      return (
        relativeDay(date, reader) ??
        write({ weekday: 'long', month: 'long', day: 'numeric', ...yearUnlessThis(date, reader) })
      )
    case 'date_long_full':
      return write({
        weekday: 'long',
        month: 'long',
        day: 'numeric',
        year: 'numeric',
        hour: 'numeric',
        minute: '2-digit',
      })
    case 'time':
      return write({ hour: 'numeric', minute: '2-digit' })
    case 'time_secs':
      return write({ hour: 'numeric', minute: '2-digit', second: '2-digit' })
    case 'ago':
      return ago(date, reader)
    default:
      return undefined
  }
}

function writeIn(date: Date, options: Part, reader: Reader): string {
  return new Intl.DateTimeFormat(reader.locale, { ...options, ...zone(reader) }).format(date)
}

function zone(reader: Reader): Part {
  return reader.timeZone === undefined ? {} : { timeZone: reader.timeZone }
}

function dayKey(date: Date, reader: Reader): string {
  return new Intl.DateTimeFormat('en-CA', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    ...zone(reader),
  }).format(date)
}

function yearUnlessThis(date: Date, reader: Reader): Part {
  return dayKey(date, reader).slice(0, 4) === dayKey(reader.now, reader).slice(0, 4) ? {} : { year: 'numeric' }
}

function relativeDay(date: Date, reader: Reader): string | undefined {
  // Whole days apart by the calendar, so that a day of 23 or 25 hours does not matter.
  const days = Math.round((Date.parse(dayKey(date, reader)) - Date.parse(dayKey(reader.now, reader))) / 86_400_000)
  return { '-1': 'Yesterday', '0': 'Today', '1': 'Tomorrow' }[String(days)]
}

function ago(date: Date, reader: Reader): string {
  const seconds = Math.round((date.getTime() - reader.now.getTime()) / 1000)
  const relative = new Intl.RelativeTimeFormat(reader.locale, { numeric: 'auto' })
  const size = Math.abs(seconds)
  if (size < 60) return relative.format(seconds, 'second')
  if (size < 3600) return relative.format(Math.round(seconds / 60), 'minute')
  if (size < 86_400) return relative.format(Math.round(seconds / 3600), 'hour')
  return relative.format(Math.round(seconds / 86_400), 'day')
}
