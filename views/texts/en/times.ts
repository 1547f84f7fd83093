import type { Piece, TimeForm } from '../../pieces.ts'
import { say } from '../say.ts'
import { count } from './count.ts'

/** Slack puts in what stands in braces, as the reader has set it: https://docs.slack.dev/messaging/formatting-message-text */
const formats: Record<TimeForm, string> = {
  clock: '{time}',
  date: '{date_short}',
  day: '{date_short} at {time}',
  near: '{date_short_pretty} at {time}',
  second: '{date_short_pretty}, {time_secs}',
  ago: '{ago}',
}

/** Times, and how long something takes. */
export const times = {
  formats,
  atHour: (hour: Piece) => say`at ${hour}`,
  onDay: (day: Piece) => say`on ${day}`,
  /** For readers to whom Slack does not show a time in their own zone. */
  utc: (time: string) => `${time} UTC`,
  instant: 'under 0.1 s',
  seconds: (amount: number) => `${amount} s`,
  minutes: (amount: number) => `${amount} min`,
  hours: (amount: number) => `${amount} h`,
  days: (amount: number) => count(amount, 'day'),
  both: (greater: string, lesser: string) => `${greater} ${lesser}`,
}
