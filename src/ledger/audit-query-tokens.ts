/** A part of an audit query as typed; places are counted in characters of the whole text, from 0. */
export interface Token {
  at: number
  length: number
  /** What stands before the colon, in small letters; null for a free word. */
  key: string | null
  value: string
  valueAt: number
  /** The whole value stands in quotes: it is taken as it is. */
  quoted: boolean
  /** A quote was opened and never closed. */
  unclosed: boolean
}

const QUOTES = '"“”„'
const ENTITIES: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' }

/** Splits a query at its spaces, outside quotes; undoes what Slack does to commands (`&gt;`, `<mailto:…|…>`). */
export function auditTokens(text: string): Token[] {
  const tokens: Token[] = []
  let place = 0
  for (;;) {
    while (place < text.length && isSpace(text, place)) place++
    if (place >= text.length) return tokens
    const token = readToken(text, place)
    tokens.push(token)
    place = token.at + token.length
  }
}

const isSpace = (text: string, place: number): boolean => /\s/.test(text.charAt(place))

function readToken(text: string, at: number): Token {
  const key = /^([-!]?[A-Za-z][A-Za-z_-]*):(?!\/\/)/.exec(text.slice(at, at + 40))?.[1] ?? null
  const valueAt = key === null ? at : at + key.length + 1
  let place = valueAt
  let value = ''
  let quoted = false
  let unclosed = false
  while (place < text.length && !isSpace(text, place)) {
    const piece = isPieceStart(text, place, valueAt) ? (readQuoted(text, place) ?? readLink(text, place)) : null
    if (piece?.quoted) quoted ||= place === valueAt
    else quoted = false
    unclosed ||= piece?.unclosed ?? false
    const { length, value: read } = piece ?? readCharacter(text, place)
    value += read
    place += length
  }
  return { at, length: place - at, key: key?.toLowerCase() ?? null, value, valueAt, quoted, unclosed }
}

/** Quotes and links are such at the beginning of a value or of an item of a list; O"Brien stays as it is. */
const isPieceStart = (text: string, place: number, valueAt: number): boolean =>
  place === valueAt || text[place - 1] === ','

interface Piece {
  length: number
  value: string
  quoted?: boolean
  unclosed?: boolean
}

function readCharacter(text: string, place: number): Piece {
  const entity = /^&(?:lt|gt|amp);/.exec(text.slice(place, place + 5))?.[0]
  return entity ? { length: entity.length, value: ENTITIES[entity] ?? '' } : { length: 1, value: text.charAt(place) }
}

function readQuoted(text: string, at: number): Piece | null {
  if (!QUOTES.includes(text.charAt(at))) return null
  let place = at + 1
  let value = ''
  while (place < text.length && !QUOTES.includes(text.charAt(place))) {
    const piece = readCharacter(text, place)
    value += piece.value
    place += piece.length
  }
  const unclosed = place >= text.length
  return { length: place - at + (unclosed ? 0 : 1), value, quoted: true, unclosed }
}

/** `<@U123|jane>` stays a mention, `<mailto:jane@acme.example|jane@acme.example>` becomes what was typed. */
function readLink(text: string, at: number): Piece | null {
  const link = /^<([@#!]|mailto:|https?:)([^<>|]*)(?:\|([^<>]*))?>/.exec(text.slice(at, at + 500))
  if (!link) return null
  const [whole, sign = '', target = '', label] = link
  if (sign === '@') return { length: whole.length, value: `<@${target}>` }
  return { length: whole.length, value: label ?? (sign === 'mailto:' ? target : sign + target) }
}
