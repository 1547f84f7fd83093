/** A moment as `since:` and `until:` take it: a day has a beginning and an end, an instant has both at once. */
interface Moment {
  from: number
  /** The first millisecond behind it. */
  to: number
}

interface Asker {
  /** Milliseconds since 1970. */
  now: number
  /** IANA name; UTC when it is none. */
  timeZone: string
}

const UNITS_MS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
}

/** Reads `24h` (ago), `today`, `2026-11-01` or `2026-11-01T09:30` in the asker's zone; null when it is none of these. */
export function parseMoment(text: string, asker: Asker): Moment | null {
  const ago = /^(\d{1,5})([smhdw])$/i.exec(text)
  if (ago) {
    const at = asker.now - Number(ago[1]) * (UNITS_MS[(ago[2] ?? '').toLowerCase()] ?? 0)
    return at >= 0 ? { from: at, to: at } : null
  }
  const zone = zoneOf(asker.timeZone)
  const word = text.toLowerCase()
  if (word === 'today' || word === 'yesterday') {
    const local = new Date(asker.now + offsetAt(asker.now, zone))
    const day = local.getUTCDate() - (word === 'yesterday' ? 1 : 0)
    return wholeDay([local.getUTCFullYear(), local.getUTCMonth(), day], zone)
  }
  return parseDate(text, zone)
}

function parseDate(text: string, zone: Intl.DateTimeFormat): Moment | null {
  const parts = /^(20\d\d)-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d))?(Z|[+-]\d\d:\d\d)?)?$/i.exec(text)
  if (!parts) return null
  const [, year, month, day, hour, minute, second = '0', offset] = parts
  const date: CalendarDay = [Number(year), Number(month) - 1, Number(day)]
  if (new Date(Date.UTC(...date)).toISOString().slice(0, 10) !== text.slice(0, 10)) return null
  if (hour === undefined) return wholeDay(date, zone)
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null
  const at = offset
    ? Date.parse(text.toUpperCase())
    : toInstant(Date.UTC(...date, Number(hour), Number(minute), Number(second)), zone)
  return Number.isNaN(at) ? null : { from: at, to: at }
}

/** Year, month from 0, day; a day outside its month is counted on. */
type CalendarDay = [year: number, month: number, day: number]

const wholeDay = ([year, month, day]: CalendarDay, zone: Intl.DateTimeFormat): Moment => ({
  from: toInstant(Date.UTC(year, month, day), zone),
  to: toInstant(Date.UTC(year, month, day + 1), zone),
})

/** The instant at which clocks in the zone show `local`; where they skip it, the first one behind the gap's offset. */
function toInstant(local: number, zone: Intl.DateTimeFormat): number {
  const first = offsetAt(local, zone)
  const second = offsetAt(local - first, zone)
  if (first === second || offsetAt(local - second, zone) === second) return local - second
  return local - Math.min(first, second)
}

function zoneOf(timeZone: string): Intl.DateTimeFormat {
  const fields = {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  } as const
  try {
    return new Intl.DateTimeFormat('en-US', { ...fields, hourCycle: 'h23', timeZone })
  } catch {
    return new Intl.DateTimeFormat('en-US', { ...fields, hourCycle: 'h23', timeZone: 'UTC' })
  }
}

/** Milliseconds by which clocks in the zone are ahead of UTC at an instant. */
function offsetAt(instant: number, zone: Intl.DateTimeFormat): number {
  const seconds = Math.floor(instant / 1000) * 1000
  const shown: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {}
  for (const { type, value } of zone.formatToParts(seconds)) shown[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown
  return Date.UTC(year, month - 1, day, hour, minute, second) - seconds
}
