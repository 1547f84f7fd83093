import { createHash } from 'node:crypto'
import { putMember } from './put-member.ts'
import { HIDDEN_FIELD, type Scrub } from './scrub-text.ts'

/** What is kept of a body at most, counted in characters of its JSON. */
const KEPT_CHARACTERS = 64 * 1024
const DEEPEST = 40
/** A secret that begins before the cut and ends behind it is hidden first. */
const BEYOND_CUT = 16 * 1024

interface Rules {
  isSecret(name: string): boolean
  scrub: Scrub
}

interface Walk extends Rules {
  left: number
  cut: boolean
  /** The objects that are being looked at, from the outermost in: one of them again is a cycle. */
  path: object[]
}

/** A copy of a body without its secrets, cut where it is too long; whatever it is, this does not throw. */
export function redactBody(body: unknown, rules: Rules): unknown {
  const walk: Walk = { ...rules, left: KEPT_CHARACTERS, cut: false, path: [] }
  try {
    const kept = redacted(body, walk)
    return walk.cut ? marked(kept, cutMark(body)) : kept
  } catch {
    return '[unreadable]'
  }
}

function redacted(value: unknown, walk: Walk): unknown {
  switch (typeof value) {
    case 'string':
      return redactedText(value, walk)
    case 'number':
    case 'boolean':
      walk.left -= 5
      return value
    case 'bigint':
      return String(value)
    case 'object':
      return value === null ? null : redactedObject(value, walk)
    case 'undefined':
      return undefined
    case 'function':
    case 'symbol':
      return `[${typeof value}]`
  }
}

function redactedText(text: string, walk: Walk): string {
  const inner = walk.path.length < DEEPEST ? parsedJson(text) : undefined
  const safe = inner === undefined ? walk.scrub.text(shortened(text)) : JSON.stringify(redacted(inner, walk))
  // What was parsed has been counted where it was walked.
  if (inner === undefined) walk.left -= safe.length + 3
  if (walk.left >= 0 && text.length <= KEPT_CHARACTERS + BEYOND_CUT) return safe
  walk.cut = true
  return safe.slice(0, Math.max(0, safe.length + Math.min(0, walk.left))).toWellFormed()
}

const shortened = (text: string): string => text.slice(0, KEPT_CHARACTERS + BEYOND_CUT)

/** Slack's forms, and answers whose type does not say so, carry JSON as text. */
function parsedJson(text: string): object | undefined {
  if (!/^\s*[{[]/.test(text) || text.length > KEPT_CHARACTERS) return undefined
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'object' && parsed !== null ? parsed : undefined
  } catch {
    return undefined
  }
}

function redactedObject(value: object, walk: Walk): unknown {
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[binary: ${value.byteLength} bytes]`
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '[no date]' : value.toISOString()
  if (value instanceof Error) return walk.scrub.text(`${value.name}: ${value.message}`)
  if (value instanceof Map) return redactedObject(Object.fromEntries(value), walk)
  if (value instanceof Set) return redactedObject([...value], walk)
  if (walk.path.includes(value)) return '[cycle]'
  if (walk.path.length >= DEEPEST) return '[too deep]'
  walk.path.push(value)
  const kept = Array.isArray(value) ? redactedList(value, walk) : redactedMembers(value, walk)
  walk.path.pop()
  return kept
}

function redactedList(list: readonly unknown[], walk: Walk): unknown[] {
  const kept: unknown[] = []
  for (const item of list) {
    if (full(walk)) break
    kept.push(redacted(item, walk))
  }
  return kept
}

function redactedMembers(members: object, walk: Walk): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  const named = namedSecret(members, walk)
  for (const [name, value] of Object.entries(members)) {
    if (full(walk)) break
    walk.left -= name.length + 4
    const hidden = (walk.isSecret(name) || (named && name.toLowerCase() === 'value')) && holdsSomething(value)
    putMember(kept, walk.scrub.name(name), hidden ? HIDDEN_FIELD : redacted(value, walk))
  }
  return kept
}

/** `{ name: 'password', value: '…' }`: a member that stands in a list of pairs. */
function namedSecret(members: object, walk: Walk): boolean {
  if (!('value' in members)) return false
  const name = 'name' in members ? members.name : 'key' in members ? members.key : undefined
  return typeof name === 'string' && walk.isSecret(name)
}

/** That a secret is empty or was not given is worth knowing, and tells nothing. */
const holdsSomething = (value: unknown): boolean =>
  value !== null && value !== undefined && value !== '' && typeof value !== 'boolean'

function full(walk: Walk): boolean {
  if (walk.left > 0) return false
  walk.cut = true
  return true
}

function cutMark(body: unknown): string {
  const text = typeof body === 'string' ? body : wholeText(body)
  if (text === null) return `[cut after ${KEPT_CHARACTERS} characters]`
  const digest = createHash('sha256').update(text).digest('base64url')
  return `[cut: the whole has ${Buffer.byteLength(text)} bytes, SHA-256 ${digest}]`
}

function wholeText(body: unknown): string | null {
  try {
    return JSON.stringify(body) ?? null
  } catch {
    return null
  }
}

function marked(kept: unknown, mark: string): unknown {
  if (typeof kept === 'string') return `${kept} ${mark}`
  if (Array.isArray(kept)) return [...kept, mark]
  return { ...(kept as Record<string, unknown>), '[cut]': mark }
}
