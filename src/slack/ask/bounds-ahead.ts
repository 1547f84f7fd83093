import { momentIn } from '../../domain/calendar.ts'
import { dayIn, type Period, weekdayIn } from './period.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** From when until when a time lasts of which one asks what comes in it; null when all of it is over. */
export function boundsAhead(period: Period, now: number, zone: string): { since: number; until: number } | null {
  const midnight = (ahead: number): number =>
    momentIn(
      zone,
      new Date(Date.parse(`${dayIn(zone, now)}T00:00:00Z`) + ahead * DAY_MS).toISOString().slice(0, 10),
      '00:00',
    )
  const weekday = weekdayIn(zone, now)
  const day = (ahead: number, isBy = false) => ({
    since: isBy ? now : Math.max(now, midnight(ahead)),
    until: midnight(ahead + 1),
  })
  const week = (ahead: number, isBy: boolean) => {
    const monday = 7 * ahead - ((weekday + 6) % 7)
    return { since: isBy ? now : Math.max(now, midnight(monday)), until: midnight(monday + 7) }
  }
  const month = (ahead: number, isBy: boolean) => ({
    since: isBy ? now : Math.max(now, monthStart(zone, now, ahead)),
    until: monthStart(zone, now, ahead + 1),
  })
  switch (period.kind) {
    case 'days':
      return period.to === 0 ? day(0) : null
    case 'week':
      return period.back === 0 ? week(0, true) : null
    case 'month':
      return period.back === 0 ? month(0, true) : null
    case 'weekday':
      return period.on ? day((period.day - weekday + 7) % 7) : null
    case 'future':
      if (period.unit === 'hours') return { since: now, until: now + period.count * HOUR_MS }
      if (period.unit === 'weekday') return day((period.day - weekday + 7) % 7 || 7, period.isBy)
      if (period.unit === 'day') return day(period.ahead, period.isBy)
      return period.unit === 'week' ? week(period.ahead, period.isBy) : month(period.ahead, period.isBy)
    default:
      return null
  }
}

function monthStart(zone: string, now: number, ahead: number): number {
  const [year = 1970, month = 1] = dayIn(zone, now).split('-').map(Number)
  return momentIn(zone, new Date(Date.UTC(year, month - 1 + ahead, 1)).toISOString().slice(0, 10), '00:00')
}
