/** When people work: from the rules file. */
export interface Calendar {
  /** IANA name; holds where a workflow names no zone of its own. */
  timeZone: string
  /** 0 is Sunday. */
  workingDays: ReadonlySet<number>
  /** Days as `2026-12-25`. */
  holidays: ReadonlySet<string>
}

const DAY_MS = 86_400_000
/** No company is closed for longer; a calendar without any working day must not hang. */
const LONGEST_BREAK_DAYS = 366

/** The day itself when people work on it, else the next on which they do. `date` is `2026-12-25`. */
export function workingDayFrom(date: string, { workingDays, holidays }: Calendar): string {
  const first = Date.parse(`${date}T00:00:00Z`)
  for (let days = 0; days < LONGEST_BREAK_DAYS; days++) {
    const day = new Date(first + days * DAY_MS)
    const named = day.toISOString().slice(0, 10)
    if (workingDays.has(day.getUTCDay()) && !holidays.has(named)) return named
  }
  return date
}

/**
 * The moment at which clocks in the zone show this date and hour (`09:00`), in milliseconds since 1970. An hour that
 * a change of the clocks leaves out counts as the one after it; of one that comes twice, the first is meant.
 */
export function momentIn(zone: string, date: string, hour: string): number {
  const wall = Date.parse(`${date}T${hour}:00Z`)
  const candidates = [wall - DAY_MS, wall + DAY_MS].map((near) => wall - offsetAt(zone, near))
  const shown = candidates.filter((at) => at + offsetAt(zone, at) === wall)
  return shown.length > 0 ? Math.min(...shown) : Math.max(...candidates)
}

/** The day that clocks in the zone show at a moment, as `2026-12-25`. */
export const dayIn = (zone: string, at: number): string => new Date(at + offsetAt(zone, at)).toISOString().slice(0, 10)

/** Milliseconds by which clocks in the zone are ahead of UTC at that moment. */
function offsetAt(zone: string, at: number): number {
  const parts = wallClock(zone).formatToParts(at)
  const part = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((each) => each.type === type)?.value ?? 0)
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
  return wall - Math.floor(at / 1000) * 1000
}

/** Making one takes as long as some hundred uses of it. */
const wallClocks = new Map<string, Intl.DateTimeFormat>()

function wallClock(zone: string): Intl.DateTimeFormat {
  const known = wallClocks.get(zone)
  if (known) return known
  const two = '2-digit'
  const clock = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone: zone, hourCycle: 'h23', year: 'numeric' },
    ...{ month: two, day: two, hour: two, minute: two, second: two },
  })
  wallClocks.set(zone, clock)
  return clock
}

/** What clocks in the zone show, as `2026-11-09` and `09:00`. */
export function wallTimeIn(zone: string, at: number): { date: string; time: string } {
  const wall = new Date(at + offsetAt(zone, at)).toISOString()
  return { date: wall.slice(0, 10), time: wall.slice(11, 16) }
}

/** Whether it is a time zone that this machine knows, by its IANA name. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name })
    return name.includes('/') || name === 'UTC'
  } catch {
    return false
  }
}
