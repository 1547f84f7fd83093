import { nearest } from '../domain/nearest.ts'
import { type AuditAsker, FILTER_KEYS, type Filters } from './audit-query-filters.ts'
import { auditTokens, type Token } from './audit-query-tokens.ts'

/** What somebody asked the ledger for with `/audit`. */
export interface AuditQuery extends Filters {
  /** Words that a subject's key or name has to hold. */
  words: readonly string[]
  export: 'csv' | 'jsonl' | null
}

/** A query that cannot be read: the characters that are wrong, why, and one that can. */
export interface AuditMistake {
  ok: false
  /** From 0; at most the text's length. */
  at: number
  length: number
  message: string
  example: string
}

const LONGEST_QUERY = 1000

/** Other words that people try for the keys. */
const SYNONYMS: Readonly<Record<string, string>> = {
  after: 'since',
  app: 'service',
  before: 'until',
  by: 'actor',
  code: 'status',
  from: 'since',
  to: 'until',
  type: 'kind',
  user: 'actor',
  who: 'actor',
}

/** Reads the text behind `/audit`; dates without a zone are in the asker's. */
export function parseAuditQuery(text: string, asker: AuditAsker): { ok: true; query: AuditQuery } | AuditMistake {
  if (text.length > LONGEST_QUERY) {
    const place = { at: LONGEST_QUERY, length: text.length - LONGEST_QUERY }
    return mistake(place, `a query has at most ${LONGEST_QUERY} characters`, 'jane since:24h')
  }
  const exporting = takeExport(auditTokens(text))
  if ('ok' in exporting) return exporting
  const query: AuditQuery & { words: string[] } = {
    words: [],
    filter: {},
    actor: null,
    text: null,
    export: exporting.format,
  }
  const seen = new Map<string, Token>()
  for (const token of exporting.rest) {
    const wrong = token.key === null ? readWord(token, query.words) : readFilter(token, { query, seen, asker })
    if (wrong) return wrong
    if (token.key !== null) seen.set(token.key, token)
  }
  return checkTogether(query, seen) ?? { ok: true, query }
}

const mistake = (place: { at: number; length: number }, message: string, example: string): AuditMistake => ({
  ok: false,
  at: place.at,
  length: place.length,
  message,
  example,
})

const atValue = (token: Token) => ({ at: token.valueAt, length: token.length - (token.valueAt - token.at) })

function readWord(token: Token, words: string[]): AuditMistake | null {
  if (token.unclosed) return mistake(token, 'the quote is not closed', '"Jane Doe"')
  if (token.value.trim() === '') return mistake(token, 'there is nothing between the quotes', '"Jane Doe"')
  if (/^<@\w+>$/.test(token.value)) {
    return mistake(
      token,
      'words look for whom a process is about; for what a person did write actor:',
      `actor:${token.value}`,
    )
  }
  words.push(token.value.trim())
  return null
}

interface Reading {
  query: Filters
  seen: ReadonlyMap<string, Token>
  asker: AuditAsker
}

function readFilter(token: Token, { query, seen, asker }: Reading): AuditMistake | null {
  const name = token.key ?? ''
  const key = FILTER_KEYS.get(name)
  if (!key) return unknownKey(token, name)
  if (token.unclosed) return mistake(atValue(token), 'the quote is not closed', key.example)
  if (token.value === '') {
    return mistake(token, `there is nothing behind ${name}: (no space after the colon)`, key.example)
  }
  if (seen.has(name) && !key.repeats) return mistake(token, `${name}: can be given once`, key.example)
  const wrong = key.read(token, query, asker)
  if (!wrong) return null
  const value = atValue(token)
  const isPlain = value.length === token.value.length
  const place =
    wrong.part && isPlain ? { at: value.at + wrong.part.offset, length: Math.max(1, wrong.part.length) } : value
  return mistake(within(place, token), wrong.message, key.example)
}

/** A missing last item of a list would stand behind the text. */
function within(place: { at: number; length: number }, token: Token): { at: number; length: number } {
  const at = Math.min(place.at, token.at + token.length - 1)
  return { at, length: Math.min(place.length, token.at + token.length - at) }
}

function unknownKey(token: Token, name: string): AuditMistake {
  const place = { at: token.at, length: name.length }
  const bare = name.replace(/^[-!]/, '')
  if (bare !== name) return mistake(place, 'nothing can be excluded: say what you look for', `${bare}:…`)
  if (bare === 'export') return mistake(place, 'write export without a colon', 'jane since:7d export csv')
  const names = [...FILTER_KEYS.keys()]
  const meant = SYNONYMS[bare] ?? nearest(bare, names)
  const example = FILTER_KEYS.get(meant ?? 'service')?.example ?? ''
  return mistake(
    place,
    `there is no ${name}: (${meant ? `did you mean ${meant}?` : `there are ${names.join(', ')}`})`,
    example,
  )
}

/** Takes `export csv` from the front or the end; the words in quotes are words to look for. */
function takeExport(tokens: readonly Token[]): { format: AuditQuery['export']; rest: readonly Token[] } | AuditMistake {
  const places = tokens.flatMap((token, index) => (isBare(token, 'export') ? [index] : []))
  const isFormat = (token: Token | undefined) => token !== undefined && (isBare(token, 'csv') || isBare(token, 'jsonl'))
  const orders = places.filter((index) => index === 0 || index === tokens.length - 1 || isFormat(tokens[index + 1]))
  const [first, second] = orders
  if (first === undefined) return { format: null, rest: tokens }
  const word = tokens[second ?? first]
  const format = tokens[first + 1]
  const example = 'jane since:7d export csv'
  if (word && second !== undefined) return mistake(word, 'export can be given once (in quotes it is a word)', example)
  if (!format || !isFormat(format)) {
    return mistake(format ?? word ?? { at: 0, length: 0 }, 'behind export stands csv or jsonl', example)
  }
  if (word && first !== 0 && first !== tokens.length - 2) {
    return mistake(word, 'export stands at the beginning or at the end', example)
  }
  const rest = tokens.filter((_, index) => index !== first && index !== first + 1)
  return { format: isBare(format, 'csv') ? 'csv' : 'jsonl', rest }
}

const isBare = (token: Token, word: string): boolean =>
  token.key === null && !token.quoted && token.value.toLowerCase() === word

/** What only shows when the whole query is known. */
function checkTogether(query: AuditQuery, seen: ReadonlyMap<string, Token>): AuditMistake | null {
  const { since, until, run } = query.filter
  const [from, to, text] = [seen.get('since'), seen.get('until'), seen.get('text')]
  if (from && to && since !== undefined && until !== undefined && since >= until) {
    const later = from.at > to.at ? from : to
    return mistake(later, 'since: must be earlier than until:', 'since:2026-11-01 until:2026-11-07')
  }
  const isBounded = query.words.length > 0 || since !== undefined || until !== undefined || run !== undefined
  if (text && !isBounded) {
    const message = 'text: has to open every entry it looks through: add whom it is about, or a time'
    return mistake(text, message, `since:7d text:"${query.text}"`)
  }
  return null
}
