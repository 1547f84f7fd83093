import type { RichTextBlock, RichTextBlockElement, RichTextElement, RichTextSection } from '@slack/types'
import { escaped, tame } from './outside-text.ts'
import { formBeside, type Piece, time, type Words } from './pieces.ts'
import { texts } from './texts/index.ts'
import { dateElement, dateToken } from './times.ts'

export {
  bold,
  countdown,
  date,
  day,
  link,
  type Mention,
  outside,
  type Piece,
  passage,
  time,
  typed,
  type Words,
} from './pieces.ts'

/** The same with its preposition: `at 10:05`, `on Nov 4, 2026 at 10:05`. */
export function moment(at: number, anchor: number): Words {
  const { atHour, onDay } = texts.times
  return (formBeside(at, anchor) === 'clock' ? atHour : onDay)(time(at, anchor))
}

const asElement = (piece: Piece): RichTextElement => {
  if (typeof piece === 'string') return { type: 'text', text: piece }
  switch (piece.kind) {
    case 'outside':
      return { type: 'text', text: piece.text }
    case 'bold':
      return { type: 'text', text: piece.text, style: { bold: true } }
    case 'typed':
      return { type: 'text', text: piece.text, style: { code: true } }
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
