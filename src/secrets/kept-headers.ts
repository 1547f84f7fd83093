import { putMember } from './put-member.ts'
import type { Scrub } from './scrub-text.ts'

/** Headers whose values say how a call went, and hold nothing that opens anything. */
const KEPT = new Set([
  'accept',
  'content-length',
  'content-type',
  'content-encoding',
  'date',
  'deprecation',
  'etag',
  'idempotency-key',
  'idempotent-replayed',
  'retry-after',
  'sforce-limit-info',
  'stripe-version',
  'sunset',
  'user-agent',
  'x-accepted-oauth-scopes',
  'x-github-api-version',
  'x-gusto-api-version',
  'x-oauth-scopes',
])
const KEPT_KINDS = [
  /^(?:x-)?ratelimit-/,
  /^x-rate-limit-/,
  /(?:^|-)(?:request-?id|req-id|correlation-id|trace-?id|traceparent)$/,
]

const HIDDEN_HEADER = '[hidden: header]'

/** Headers as Node's clients give and take them. */
export type HeaderValues = Readonly<Record<string, string | readonly string[] | undefined>>

/** What is kept of headers: the names of all, the values of those that are listed; of a `location` what is before `?`. */
export function keptHeaders(headers: HeaderValues, scrub: Scrub): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const name of Object.keys(headers)) {
    const value = headers[name]
    if (value === undefined) continue
    putMember(kept, scrub.name(name), keptValue(name.toLowerCase(), String(value), scrub))
  }
  return kept
}

function keptValue(name: string, value: string, scrub: Scrub): string {
  if (name === 'location') return scrub.text(value.replace(/[?#].*$/s, ''))
  return KEPT.has(name) || KEPT_KINDS.some((kind) => kind.test(name)) ? scrub.text(value) : HIDDEN_HEADER
}
