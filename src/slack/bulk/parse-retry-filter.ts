import { texts } from '../../../views/texts/index.ts'
import { nearest } from '../../domain/nearest.ts'
import type { AuditMistake } from '../../ledger/audit-query.ts'
import { parseMoment } from '../../ledger/audit-query-time.ts'
import { auditTokens, type Token } from '../../ledger/audit-query-tokens.ts'

/** Which failed steps somebody would retry. */
export interface RetryFilter {
  /** Words that a subject's key or name has to hold. */
  words: readonly string[]
  service: string | null
  workflow: string | null
  step: string | null
  code: string | null
  /** Those that began to fail at this moment or later, in milliseconds since 1970. */
  since: number | null
  /** As typed, without the words. */
  text: string
}

interface Known {
  services: readonly string[]
  workflows: readonly string[]
  steps: readonly string[]
  /** Milliseconds since 1970. */
  now: number
  /** IANA name of the asker's time zone. */
  timeZone: string
}

type Key = 'service' | 'workflow' | 'step' | 'code' | 'since'

/** The keys of `/purser retry`, each with an example. */
export const RETRY_KEYS: Readonly<Record<Key, string>> = {
  service: 'service:github',
  workflow: 'workflow:employee-onboarding',
  step: 'step:github-org',
  code: 'code:http-503',
  since: 'since:2h',
}

const isKey = (name: string): name is Key => Object.hasOwn(RETRY_KEYS, name)

const LONGEST = 500

/** Reads the text behind `/purser retry`; a mistake comes with its place. */
export function parseRetryFilter(text: string, known: Known): { ok: true; filter: RetryFilter } | AuditMistake {
  const empty = { service: null, workflow: null, step: null, code: null, since: null }
  const filter: RetryFilter & { words: string[] } = { words: [], ...empty, text: '' }
  if (text.length > LONGEST) {
    const place = { at: LONGEST, length: text.length - LONGEST }
    return mistake(place, texts.retryFilter.tooLong(LONGEST), RETRY_KEYS.service)
  }
  const read: string[] = []
  for (const token of auditTokens(text)) {
    const wrong = token.key === null ? readWord(token, filter.words) : readKey(token, filter, known)
    if (wrong) return wrong
    if (token.key !== null) read.push(`${token.key}:${token.value}`)
  }
  return { ok: true, filter: { ...filter, text: read.join(' ') } }
}

const mistake = (place: { at: number; length: number }, message: string, example: string): AuditMistake => ({
  ok: false,
  at: place.at,
  length: place.length,
  message,
  example,
})

function readWord(token: Token, words: string[]): AuditMistake | null {
  if (token.unclosed) return mistake(token, texts.retryFilter.notClosed, '"Jane Doe"')
  if (token.value.trim() === '') return mistake(token, texts.retryFilter.emptyQuotes, '"Jane Doe"')
  words.push(token.value.trim())
  return null
}

function readKey(token: Token, filter: RetryFilter, known: Known): AuditMistake | null {
  const name = token.key ?? ''
  if (!isKey(name)) {
    const names = Object.keys(RETRY_KEYS)
    const meant = nearest(name, names)
    const { noSuchKey, didYouMean, keys } = texts.retryFilter
    const says = meant ? didYouMean(meant) : keys(names.join(', '))
    return mistake({ at: token.at, length: name.length }, noSuchKey(name, says), RETRY_KEYS.service)
  }
  const example = RETRY_KEYS[name]
  const value = { at: token.valueAt, length: token.length - (token.valueAt - token.at) }
  if (token.unclosed) return mistake(value, texts.retryFilter.notClosed, example)
  if (token.value === '') return mistake(token, texts.retryFilter.nothingBehind(name), example)
  if (filter[name] !== null) return mistake(token, texts.retryFilter.onlyOnce(name), example)
  const wrong = readValue(name, token.value, { filter, known })
  return wrong === null ? null : mistake(value, wrong, example)
}

/** Fills the filter, or says what is wrong with the value. */
function readValue(name: Key, typed: string, { filter, known }: { filter: RetryFilter; known: Known }): string | null {
  const value = typed.toLowerCase()
  switch (name) {
    case 'since': {
      const moment = parseMoment(typed, known)
      if (moment === null) return texts.retryFilter.noTime(typed)
      if (moment.from > known.now) return texts.retryFilter.inFuture(typed)
      filter.since = moment.from
      return null
    }
    case 'code':
      filter.code = value
      return null
    case 'service':
    case 'workflow':
    case 'step': {
      const all = { service: known.services, workflow: known.workflows, step: known.steps }[name]
      filter[name] = value
      return all.includes(value) ? null : unknown(name, typed, all)
    }
  }
}

function unknown(name: 'service' | 'workflow' | 'step', value: string, known: readonly string[]): string {
  const meant = nearest(value, known)
  const { didYouMean, known: are, unknown: says } = texts.retryFilter
  return says[name](value, meant ? didYouMean(meant) : are(known.slice(0, 12).join(', ')))
}
