import type { UserId } from '../src/domain/ids.ts'
import { tame, tameLine } from './outside-text.ts'

/** A sentence in pieces: words of ours, words from outside, times; written as rich text and as the fallback text. */
export type Words = readonly Piece[]

/** A part of a sentence. */
export type Piece =
  | string
  | { kind: 'outside'; text: string }
  | { kind: 'bold'; text: string }
  /** As somebody typed it, in a fixed width. */
  | { kind: 'typed'; text: string }
  | { kind: 'time'; at: number; form: TimeForm }
  | { kind: 'link'; url: string; text: string }
  | Mention

/** Somebody, or a user group, whom Slack tells of the message; a name alone where Slack does not know them. */
export type Mention =
  | { kind: 'user'; user: UserId }
  /** Slack's id of the user group. */
  | { kind: 'usergroup'; id: string; name: string }
  | { kind: 'bold'; text: string }

/** Words from outside, on one line. */
export const outside = (text: string, max = 150): Piece => ({ kind: 'outside', text: tameLine(text, max) })

/** Words from outside that may run over several lines. */
export const passage = (text: string, max: number): Piece => ({ kind: 'outside', text: tame(text, max) })

export const bold = (text: string, max = 150): Extract<Mention, { kind: 'bold' }> => ({
  kind: 'bold',
  text: tameLine(text, max),
})

/** Words from outside that are pointed at: in a fixed width, and set off from what stands beside them. */
export const typed = (text: string, max: number): Piece => ({ kind: 'typed', text: tameLine(text, max) })

/** A time with its day: `Today at 10:05`. */
export const day = (at: number): Piece => ({ kind: 'time', at, form: 'near' })

/** A day without its hour, for what is due. */
export const date = (at: number): Piece => ({ kind: 'time', at, form: 'date' })

/** A time; only its hour where `anchor`, which stands on the same card with its day, makes the day clear. */
export const time = (at: number, anchor: number): Piece => ({ kind: 'time', at, form: formBeside(at, anchor) })

/** How far a time is from when it is read: `in 5 minutes`. */
export const countdown = (at: number): Piece => ({ kind: 'time', at, form: 'ago' })

/** A link when the address is one of the web; else its text alone. */
export function link(url: string, text: string): Piece {
  const safe = /^https?:\/\/[^\s<>|]+$/.test(url) && url.length <= 2_000
  return safe ? { kind: 'link', url, text: tameLine(text, 150) } : outside(text)
}

/** `clock`: the hour alone · `date`: the day alone · `day`: the day and the hour · `near`: Today, Yesterday… · `second`: for lists of calls · `ago`: how far it is from now. */
export type TimeForm = 'clock' | 'date' | 'day' | 'near' | 'second' | 'ago'

const HALF_A_DAY = 12 * 3_600_000

/** The hour alone while the day is clear from `anchor`, a time that stands on the same card with its day. */
export function formBeside(at: number, anchor: number): TimeForm {
  return Math.abs(at - anchor) < HALF_A_DAY ? 'clock' : 'day'
}
