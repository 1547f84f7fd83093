import type { EntryFilter } from '../../db/store.ts'
import { EntryKind } from '../domain/entry.ts'
import { StepKey } from '../domain/ids.ts'
import { nearest } from '../domain/nearest.ts'
import { parseMoment } from './audit-query-time.ts'
import type { Token } from './audit-query-tokens.ts'

/** What a query's filters come to; filled key by key. */
export interface Filters {
  filter: Omit<EntryFilter, 'team' | 'subjects' | 'actor'>
  /** `U…` for a mention, `purser:…` for a part of Purser, else a name as typed, without @. */
  actor: string | null
  text: string | null
}

/** What is wrong with a value, and the characters of it that are; the whole value where they are not given. */
interface ValueMistake {
  message: string
  part?: { offset: number; length: number }
}

/** What the reading of a query depends on beside its text. */
export interface AuditAsker {
  /** Milliseconds since 1970. */
  now: number
  /** IANA name of the asker's time zone. */
  timeZone: string
  /** Services that are known; any name when there is none. */
  services: readonly string[]
}

interface FilterKey {
  example: string
  /** May stand several times, and take a list with commas. */
  repeats?: boolean
  read(token: Token, filters: Filters, asker: AuditAsker): ValueMistake | null
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
const KINDS = [...new Set(EntryKind.options.flatMap((kind) => [kind.split('.', 1).join(), kind]))]

/** The keys of `/audit`, each with an example that is shown when its value is wrong. */
export const FILTER_KEYS: ReadonlyMap<string, FilterKey> = new Map<string, FilterKey>([
  ['service', { example: 'service:github', repeats: true, read: readServices }],
  ['status', { example: 'status:>=400', read: readStatus }],
  ['method', { example: 'method:POST', read: readMethod }],
  ['actor', { example: 'actor:@jane', read: readActor }],
  ['run', { example: 'run:3f9a1c07', read: readRun }],
  ['step', { example: 'step:github-org', read: readStep }],
  ['kind', { example: 'kind:decision', repeats: true, read: readKinds }],
  ['since', { example: 'since:24h', read: readSince }],
  ['until', { example: 'until:2026-11-01', read: readUntil }],
  ['text', { example: 'jane text:"already exists"', read: readText }],
])

function readServices(token: Token, { filter }: Filters, { services }: AuditAsker): ValueMistake | null {
  return readList(token, (name) => {
    if (services.length > 0 && !services.includes(name)) return unknown('service', name, services)
    filter.services = union(filter.services, name)
    return null
  })
}

function readKinds(token: Token, { filter }: Filters): ValueMistake | null {
  return readList(token, (name) => {
    if (!KINDS.includes(name)) return unknown('kind of entry', name, KINDS)
    filter.kinds = union(filter.kinds, name)
    return null
  })
}

/** Reads each item of a list with commas; a mistake is placed at its item. */
function readList(token: Token, read: (item: string) => string | null): ValueMistake | null {
  let offset = 0
  for (const item of token.value.split(',')) {
    const message = item === '' ? 'something is missing between the commas' : read(item.toLowerCase())
    if (message !== null) return { message, part: { offset, length: item.length } }
    offset += item.length + 1
  }
  return null
}

const union = (list: readonly string[] | undefined, name: string): string[] => [...new Set([...(list ?? []), name])]

function unknown(what: string, name: string, known: readonly string[]): string {
  const meant = nearest(name, known)
  return `there is no ${what} "${name}": ${meant ? `did you mean ${meant}?` : `known are ${known.slice(0, 12).join(', ')}`}`
}

function readStatus(token: Token, { filter }: Filters): ValueMistake | null {
  const range = statusRange(token.value)
  if (range === null) return { message: `"${token.value}" is not a status: 503, 4xx, >=400, <500 or 400-499` }
  if (range.from > range.to) return { message: `no status is ${token.value}: they go from 100 to 599` }
  filter.status = range
  return null
}

function statusRange(value: string): { from: number; to: number } | null {
  const hundred = /^([1-5])xx$/i.exec(value)
  if (hundred) return { from: Number(hundred[1]) * 100, to: Number(hundred[1]) * 100 + 99 }
  const between = /^(\d{3})(?:-|\.\.)(\d{3})$/.exec(value)
  const compared = /^(>=|<=|>|<|=)?(\d{3})$/.exec(value)
  if (!between && !compared) return null
  const number = Number(compared?.[2])
  let [from, to] = [Number(between?.[1] ?? number), Number(between?.[2] ?? number)]
  const sign = compared?.[1] ?? '='
  if (sign.startsWith('>')) [from, to] = [sign === '>' ? number + 1 : number, 599]
  if (sign.startsWith('<')) [from, to] = [100, sign === '<' ? number - 1 : number]
  return { from: Math.max(from, 100), to: Math.min(to, 599) }
}

function readMethod(token: Token, { filter }: Filters): ValueMistake | null {
  const method = token.value.toUpperCase()
  if (!METHODS.includes(method)) return { message: unknown('method', method, METHODS) }
  filter.method = method
  return null
}

function readActor(token: Token, filters: Filters): ValueMistake | null {
  const mention = /^<@([UW][A-Z0-9]+)>$/.exec(token.value)?.[1]
  const name = mention ?? token.value.replace(/^@/, '').trim()
  if (name === '') return { message: 'a name is missing behind @' }
  filters.actor = name
  return null
}

function readRun(token: Token, { filter }: Filters): ValueMistake | null {
  const id = token.value.toLowerCase()
  if (!/^(?=.{8,36}$)[0-9a-f-]*[0-9a-f]{8}$/.test(id)) {
    return { message: `"${token.value}" is not a run: give the eight characters that its card shows, or the whole id` }
  }
  filter.run = id
  return null
}

function readStep(token: Token, { filter }: Filters): ValueMistake | null {
  const step = StepKey.safeParse(token.value)
  if (!step.success) return { message: `"${token.value}" is not a step’s name: small letters, digits and hyphens` }
  filter.step = step.data
  return null
}

function readSince(token: Token, { filter }: Filters, asker: AuditAsker): ValueMistake | null {
  const moment = parseMoment(token.value, asker)
  if (moment === null) return noMoment(token)
  if (moment.from > asker.now) return { message: `${token.value} is in the future` }
  filter.since = moment.from
  return null
}

function readUntil(token: Token, { filter }: Filters, asker: AuditAsker): ValueMistake | null {
  const moment = parseMoment(token.value, asker)
  if (moment === null) return noMoment(token)
  filter.until = moment.to
  return null
}

const noMoment = ({ value }: Token): ValueMistake => ({
  message: `"${value}" is not a time: 90m, 24h, 7d, today, 2026-11-01 or 2026-11-01T09:30`,
})

function readText(token: Token, filters: Filters): ValueMistake | null {
  if (token.value.trim().length < 2) return { message: 'give at least two characters to look for' }
  filters.text = token.value
  return null
}
