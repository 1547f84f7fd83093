import type { IncomingHttpHeaders } from 'node:http'
import type { z } from 'zod'

export type ServiceName = 'google' | 'jira' | 'github' | 'salesforce' | 'gusto' | 'pagerduty'

/** A request as a fake sees it: the vendor's own path, without the sandbox's prefix. */
export interface Ask {
  method: string
  path: string
  /** A part of the path that the route names, decoded; empty when the route does not name it. */
  param: (name: string) => string
  query: URLSearchParams
  headers: IncomingHttpHeaders
  /** Parsed JSON or form fields; undefined when there was no body. */
  body: unknown
  now: number
  /** Where the fake is reached, such as `http://127.0.0.1:4711/github`; vendors put it into their answers. */
  base: string
}

/** Something that a fake has really done: two of the same kind and key are a duplicate. */
export interface EffectDone {
  kind: string
  key: string
  detail: Record<string, unknown>
}

export interface Answer {
  status: number
  headers?: Record<string, string>
  /** Sent as JSON; no body when undefined. */
  body?: unknown
  effects?: EffectDone[]
}

/**
 * `lookup` routes only read: they can be blinded. `status` routes only show that the service answers: counted faults
 * spare them. `token` routes need no token, and faults spare them unless named.
 */
export interface Route {
  method: string
  pattern: string
  use: 'write' | 'lookup' | 'status' | 'token'
  answer: (ask: Ask) => Answer
}

/** How this vendor words what goes wrong before an endpoint is reached. */
export interface Refusals {
  unauthorized: () => Answer
  noSuchPath: (ask: Ask) => Answer
  unreadableBody: (message: string) => Answer
  wrongContentType: () => Answer
  unavailable: () => Answer
  tooManyRequests: () => Answer
  /** Seconds sent as Retry-After with 429 when the order names none; null where the vendor sends none. */
  usualRetryAfter: number | null
}

/** One service: what it keeps, how it answers, how it refuses. */
export interface Fake {
  name: ServiceName
  title: string
  routes: Route[]
  refusals: Refusals
  /** An answer to a request that the vendor turns away before looking at it, such as a missing header. */
  turnAway?: (ask: Ask) => Answer | null
  accepts: (authorization: string, now: number) => boolean
  /** Headers that the vendor puts on each answer. */
  headers: (now: number) => Record<string, string>
  snapshot: () => unknown
  restore: (saved: unknown) => void
  reset: () => void
  /** Switches that only the sandbox has, by name; each answers with what it set. */
  switches: Record<string, (body: unknown) => unknown>
}

/** Thrown by an endpoint to answer with a refusal instead. */
export class Refused extends Error {
  readonly answer: Answer

  constructor(answer: Answer) {
    super(`refused with ${answer.status}`)
    this.name = 'Refused'
    this.answer = answer
  }
}

/** The body in the shape that the endpoint takes, or a refusal that names the first bad field. */
export function readBody<T>(
  schema: z.ZodType<T>,
  body: unknown,
  refuse: (field: string, problem: string) => Answer,
): T {
  const parsed = schema.safeParse(body ?? {})
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new Refused(refuse(issue?.path.join('.') || 'body', issue?.message ?? 'is not valid'))
}

/** Groups, teams and projects exist as soon as somebody names them, except those called `no-such-…`, to try that path. */
export function isKnownName(name: string): boolean {
  return name !== '' && !/^no-?such/i.test(name)
}

/** A UUID that is a number underneath, so that runs of the sandbox are alike. */
export function uuidOf(kind: number, n: number): string {
  return `${kind.toString(16).padStart(8, '0')}-0000-4000-8000-${n.toString(16).padStart(12, '0')}`
}

/** A number for a name, always the same one whatever its case, as the sandbox's id of a team, a group or a user. */
export function numberOf(name: string): number {
  return Buffer.from(name.toLowerCase()).reduce((sum, byte) => (sum * 31 + byte) % 2 ** 31, 7)
}
