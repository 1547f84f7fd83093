import type { z } from 'zod'

/**
 * What may happen when an operation is sent a second time:
 * R reads · U upserts, repeatable · K repeatable under the vendor's idempotency key ·
 * C the vendor refuses the duplicate with an answer of its own · L none of these: look before writing.
 */
export type OperationClass = 'R' | 'U' | 'K' | 'C' | 'L'

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined }

/** What an endpoint was configured with and operations put into their requests: an organization, a project. No secrets. */
export type Settings = Readonly<Record<string, string>>

/** A request of an operation, before the service's base URL and credentials are put to it. */
export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** With placeholders for whatever names a person or thing: `/users/{userKey}`. The ledger's open part keeps this. */
  path: string
  params?: Record<string, string>
  /** The whole address in place of base URL and path, where the service handed it out; its host must be allowed, and only `path` is kept. */
  url?: string
  query?: Record<string, string | number | boolean | undefined>
  headers?: Record<string, string>
  body?: Json
  /** How the body travels; JSON when absent. */
  form?: boolean
  /** Sent as it stands in place of `body`; its type is in `headers`, and it does not go into the ledger. */
  bytes?: Uint8Array
}

export interface HttpResponse {
  status: number
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>
  /** Parsed when the answer says that it is JSON; else the text. */
  body: unknown
}

/** What an answer means, as the connector reads its vendor's codes. */
export type Verdict =
  | { kind: 'done' }
  /** The vendor says that it exists already (class C). */
  | { kind: 'duplicate' }
  /** `mayStand`: the answer itself leaves open whether it was done, whatever its status. */
  | { kind: 'retry'; code: string; message: string; hint: string; retryAfterMs?: number | null; mayStand?: boolean }
  | { kind: 'permanent'; code: string; message: string; hint: string }

/** The answer of a look for what an earlier try may have made. */
export type Found<Output> =
  | { kind: 'found'; output: Output }
  | { kind: 'absent' }
  | { kind: 'cannot-tell'; why: string }

/** Calls another operation of the same service within the same call of the step; used by `find` and `readBack`. */
export type Look = <I, O>(operation: Operation<I, O>, input: I) => Promise<O>

interface OperationBase<Input, Output> {
  /** `github` */
  service: string
  /** Unique in its service, as the ledger keeps it: `org-invitation.create` */
  name: string
  /** What it does in words, for cards: `create the payroll record`. */
  title: string
  request(input: Input, settings: Settings): HttpRequest
  /** Schema of the answer's body when it was done. */
  answer: z.ZodType<Output>
  /** Reads the vendor's own error codes; null leaves it to the common reading of HTTP. */
  judge?(response: HttpResponse): Verdict | null
  /** Keys whose values never reach the ledger, wherever they stand in a request or an answer. */
  secretFields?: readonly string[]
  /** For calls that exchange credentials: bodies are not kept at all. */
  dropBodies?: boolean
  /** Sent without the endpoint's credentials: it fetches them, or its address is the permission. */
  anonymous?: boolean
  /** Cuts a list answer to what matched before it is kept. */
  keep?(body: unknown, input: Input): unknown
  /** Milliseconds until a try is given up as unanswered; 30 s when absent. */
  timeoutMs?: number
}

export interface ReadOperation<Input, Output> extends OperationBase<Input, Output> {
  class: 'R'
}
export interface UpsertOperation<Input, Output> extends OperationBase<Input, Output> {
  class: 'U'
}
export interface KeyedOperation<Input, Output> extends OperationBase<Input, Output> {
  class: 'K'
  /** The header that carries the key. */
  keyHeader: string
  /** Milliseconds for which the vendor remembers a key; an unknown outcome older than this is looked up, not sent. */
  keyLifetimeMs: number
  find?(input: Input, look: Look): Promise<Found<Output>>
}
export interface RefusedTwiceOperation<Input, Output> extends OperationBase<Input, Output> {
  class: 'C'
  /** After the vendor's "exists already": reads it, and compares: ours (`found`), or somebody else's (`absent`, with a mistake). */
  readBack(input: Input, look: Look): Promise<Found<Output>>
}
export interface LookFirstOperation<Input, Output> extends OperationBase<Input, Output> {
  class: 'L'
  /** `mayStand`: an earlier try of this very call may have done it, so that what is found may be its work. */
  find(input: Input, look: Look, mayStand: boolean): Promise<Found<Output>>
  /** Runs that look for the same one take turns. */
  naturalKey(input: Input): string
  /** False when nothing but this very call could have made it: then the look comes only after an unknown outcome. */
  lookBeforeFirstWrite: boolean
  /** Milliseconds for which the vendor's look may miss what was just made; "absent" is believed only after them. */
  indexLagMs: number
}

export type Operation<Input, Output> =
  | ReadOperation<Input, Output>
  | UpsertOperation<Input, Output>
  | KeyedOperation<Input, Output>
  | RefusedTwiceOperation<Input, Output>
  | LookFirstOperation<Input, Output>

/** Item and operation: tells a call from the others of its step. */
export const callName = <I, O>({ service, name }: Operation<I, O>, item?: string): string =>
  `${item ?? '-'}/${service}.${name}`

/** Which call an error came from; `status` is that of its answer, where there was one. */
export const siteOf = <I, O>({ service, name }: Operation<I, O>, status: number | null) => ({
  service,
  operation: name,
  status,
})

/** Where a service is reached and within which limits; built from the environment by its connector. */
export interface Endpoint {
  service: string
  /** `GitHub`, for messages. */
  title: string
  /** Without a slash at its end. */
  baseUrl: string
  /** The host that the egress lets through, `host:port` where a port is given. */
  allowedHosts: readonly string[]
  lane: LaneLimits
  settings: Settings
  /** Milliseconds for which this installation's searches lag, in place of what its operations say. */
  indexLagMs?: number
  /** Adds the credentials; may make a call of its own (a token) through `look`. */
  authorize(request: { headers: Record<string, string> }, look: Look): Promise<void>
  /** Told when the service answered 401: fetched credentials are dropped, so that the next try fetches new ones. */
  forgetCredentials?(): void
  /** Every secret value it holds, so that the redaction can scrub them. */
  secrets(): readonly string[]
}

export interface LaneLimits {
  concurrency: number
  /** At most so many tries in each interval. */
  perInterval: number
  intervalMs: number
}

/** A client for steps, over one service; `call` is bound to the attempt that uses it. */
export interface Connector<Client> {
  service: string
  /** `GitHub` */
  title: string
  /** A cheap read, sent now and then also while nothing runs: whether the service answers and takes the credentials. */
  probe: ReadOperation<Record<string, never>, unknown>
  client(call: BoundCall): Client
}

/** One call of a step: sends `operation`, by the rules of its class; `item` tells calls of one operation in one step apart. */
export type BoundCall = <I, O>(operation: Operation<I, O>, input: I, item?: string) => Promise<O>
