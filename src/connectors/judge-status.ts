import type { HttpResponse, Verdict } from '../domain/operation.ts'

/** A service's own words for what its answers mean to whoever reads a card. */
export interface ServiceWords {
  /** `GitHub` */
  title: string
  /** What to do when it refuses the credentials. */
  whenUnauthorized: string
  /** What to do when the credentials may not do this. */
  whenForbidden: string
  /** What to look at when it does not know the thing. */
  whenNotFound: string
  /** Credentials are fetched by us: after a 401 the next try has new ones. */
  renewsCredentials?: boolean
}

/** What the vendor's answer says about a refusal, besides its status. */
export interface Refusal {
  /** The vendor's own code, as it stands; null where it sends none. */
  code: string | null
  /** The vendor's sentence; null where it sends none. */
  message: string | null
}

/** Reads the statuses that mean the same everywhere, in the words of this service; null when it was done. */
export function judgeStatus(response: HttpResponse, words: ServiceWords, refusal: Refusal): Verdict | null {
  const { status } = response
  const { title } = words
  const said = refusal.message === null ? '' : `: ${firstLine(refusal.message)}`
  const code = refusal.code === null ? null : kebab(refusal.code)
  if (status >= 200 && status < 300) return null
  if (status === 401 && words.renewsCredentials) {
    const message = `${title} no longer took our access token${said}`
    return { kind: 'retry', code: 'token-expired', message, hint: `A new one is fetched. ${words.whenUnauthorized}` }
  }
  if (status === 401) {
    const message = `${title} refused the credentials${said}`
    return { kind: 'permanent', code: code ?? 'unauthorized', message, hint: words.whenUnauthorized }
  }
  if (status === 403) {
    const message = `${title} does not allow this${said}`
    return { kind: 'permanent', code: code ?? 'forbidden', message, hint: words.whenForbidden }
  }
  if (status === 404) {
    const message = `${title} does not know what this call names${said}`
    return { kind: 'permanent', code: code ?? 'not-found', message, hint: words.whenNotFound }
  }
  if (status === 429) return tooMany(words, refusal)
  if (status >= 500 || status === 408) {
    const hint = `If it lasts, look at the status page of ${title}.`
    const message = `${title} is not available (${status})${said}`
    return { kind: 'retry', code: code ?? 'unavailable', message, hint }
  }
  const hint = 'Correct the input and retry with it; the same request will be refused again.'
  return {
    kind: 'permanent',
    code: code ?? `status-${status}`,
    message: `${title} refused the request (${status})${said}`,
    hint,
  }
}

/** The verdict on a limit that was reached; without `waitMs` the answer's Retry-After holds. */
export function tooMany(words: ServiceWords, refusal: Refusal, waitMs?: number): Verdict {
  const said = refusal.message === null ? '' : `: ${firstLine(refusal.message)}`
  return {
    kind: 'retry',
    code: 'rate-limited',
    message: `${words.title} takes no more calls for now${said}`,
    hint: 'Wait: the limit passes by itself.',
    ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
  }
}

const LONGEST_SENTENCE = 300

function firstLine(text: string): string {
  const line = text.trim().split('\n', 1)[0] ?? ''
  return line.length > LONGEST_SENTENCE ? `${line.slice(0, LONGEST_SENTENCE)}…` : line
}

/** `userRateLimitExceeded`, `UNABLE_TO_LOCK_ROW` and `name_taken` as codes of ours. */
export function kebab(code: string): string {
  return code
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .toLowerCase()
}
