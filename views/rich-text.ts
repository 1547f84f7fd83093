import type { RichTextBlock, RichTextBlockElement, RichTextElement, RichTextSection } from '@slack/types'
import type { UserId } from '../src/domain/ids.ts'
import { escaped, tame, tameLine } from './outside-text.ts'
import { dateElement, dateToken, formBeside, type TimeForm } from './times.ts'

/** A sentence in pieces: words of ours, words from outside, times; written as rich text and as the fallback text. */
export type Words = readonly Piece[]

/** A part of a sentence. */
export type Piece =
  | string
  | { kind: 'outside'; text: string }
  | { kind: 'bold'; text: string }
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

/** A time with its day: `Today at 10:05`. */
export const day = (at: number): Piece => ({ kind: 'time', at, form: 'near' })

/** A day without its hour, for what is due. */
export const date = (at: number): Piece => ({ kind: 'time', at, form: 'date' })

/** A time; only its hour where `anchor`, which stands on the same card with its day, makes the day clear. */
export const time = (at: number, anchor: number): Piece => ({ kind: 'time', at, form: formBeside(at, anchor) })

/** How far a time is from when it is read: `in 5 minutes`. */
export const countdown = (at: number): Piece => ({ kind: 'time', at, form: 'ago' })

/** The same with its preposition: `at 10:05`, `on Nov 4, 2026 at 10:05`. */
export function moment(at: number, anchor: number): Words {
  return [formBeside(at, anchor) === 'clock' ? 'at ' : 'on ', time(at, anchor)]
}

/** A link when the address is one of the web; else its text alone. */
export function link(url: string, text: string): Piece {
  const safe = /^https?:\/\/[^\s<>|]+$/.test(url) && url.length <= 2_000
  return safe ? { kind: 'link', url, text: tameLine(text, 150) } : outside(text)
}

const asElement = (piece: Piece): RichTextElement => {
  if (typeof piece === 'string') return { type: 'text', text: piece }
  switch (piece.kind) {
    case 'outside':
      return { type: 'text', text: piece.text }
    case 'bold':
      return { type: 'text', text: piece.text, style: { bold: true } }
    case 'time':
      return dateElement(piece.at, piece.form)
    case 'link':
      return { type: 'link', url: piece.url, text: piece.text }
    case 'user':
      return { type: 'user', user_id: piece.user }
    case 'usergroup':
      return { type: 'usergroup', usergroup_id: piece.id }
  }
}

const asText = (piece: Piece): string => {
  if (typeof piece === 'string') return escaped(piece)
  if (piece.kind === 'time') return dateToken(piece.at, piece.form)
  if (piece.kind === 'link') return `<${escaped(piece.url)}|${escaped(piece.text)}>`
  if (piece.kind === 'user') return `<@${piece.user}>`
  if (piece.kind === 'usergroup') return `<!subteam^${piece.id}>`
  return escaped(piece.text)
}

/** A sentence as Slack's markup, everything from outside escaped. */
export const wordsAsText = (words: Words): string => words.map(asText).join('')

const asSection = (words: Words): RichTextSection => ({
  type: 'rich_text_section',
  elements: words.filter((piece) => piece !== '').map(asElement),
})

/** One paragraph. */
export const paragraph = (...words: Piece[]): RichTextBlock => ({ type: 'rich_text', elements: [asSection(words)] })

/** Lines under one another, without bullets. */
export function lines(all: readonly Words[]): RichTextBlock {
  return paragraph(...all.flatMap((words, index) => (index === 0 ? words : ['\n', ...words])))
}

/** A label in bold, and under it sentences and points; these are numbered where their order matters. */
export function labelled(
  label: string,
  parts: { says?: Words; points?: readonly Words[]; isOrdered?: boolean },
): RichTextBlock {
  const elements: RichTextBlockElement[] = [
    asSection([{ kind: 'bold', text: label }, ...(parts.says ? ['\n', ...parts.says] : [])]),
  ]
  if (parts.points && parts.points.length > 0) {
    const style = parts.isOrdered ? 'ordered' : 'bullet'
    elements.push({ type: 'rich_text_list', style, elements: parts.points.map(asSection) })
  }
  return { type: 'rich_text', elements }
}

/** Text in a fixed width, as it is; empty text becomes a dash. */
export const preformatted = (text: string, max: number): RichTextBlock => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: tame(text, max) }] }],
})
