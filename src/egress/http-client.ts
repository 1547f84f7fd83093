import { channel } from 'node:diagnostics_channel'
import { Agent, buildConnector, request as send } from 'undici'
import { type Clock, systemClock } from '../clock.ts'
import type { HttpResponse } from '../domain/operation.ts'

/** Published around each connection that is opened here, so that a test can tell these sockets from any others. */
export const connecting = channel('purser.egress.connecting')

const MOST_BYTES = 4 * 1024 * 1024

export interface WireRequest {
  url: URL
  method: string
  headers: Record<string, string>
  body: string | null
  timeoutMs: number
}

/** A try that brought no answer; `sent` says whether the service may have got it. */
export class NoAnswer extends Error {
  readonly sent: boolean
  readonly code: string
  constructor(code: string, sent: boolean, cause: unknown) {
    super(`no answer (${code})`, { cause })
    this.name = 'NoAnswer'
    this.code = code
    this.sent = sent
  }
}

/** Failures that happen before the request is on the wire. */
const BEFORE_SENDING = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  // A header that cannot be sent: a line break in a token, say.
  'UND_ERR_INVALID_ARG',
])

export interface HttpClient {
  /** Sends once; never repeats, never follows a redirect. Throws NoAnswer. */
  send(request: WireRequest): Promise<HttpResponse>
  close(): Promise<void>
}

/** undici's `request` with keep-alive: the least CPU a call among the maintained clients. */
export function createHttpClient(clock: Pick<Clock, 'elapsed'> = systemClock): HttpClient {
  const connect = buildConnector({ timeout: 10_000 })
  const agent = new Agent({
    connect(options, done) {
      connecting.publish({ phase: 'begin', host: options.host })
      try {
        connect(options, done)
      } finally {
        connecting.publish({ phase: 'end', host: options.host })
      }
    },
    // A request is never put behind another on one connection: a reset would leave both unknown.
    pipelining: 1,
    keepAliveTimeout: 10_000,
  })
  return {
    async send({ url, method, headers, body, timeoutMs }) {
      const endsAt = clock.elapsed() + timeoutMs
      try {
        const answer = await send(url, {
          dispatcher: agent,
          method,
          headers,
          body,
          headersTimeout: timeoutMs,
          bodyTimeout: timeoutMs,
        })
        const text = await readLimited(answer.body, () => clock.elapsed() > endsAt)
        const flat = flatHeaders(answer.headers)
        return { status: answer.statusCode, headers: flat, body: parseBody(text, flat['content-type']) }
      } catch (error) {
        const code = codeOf(error)
        throw new NoAnswer(code, !BEFORE_SENDING.has(code), error)
      }
    },
    close: () => agent.destroy(),
  }
}

/** undici's own limit is between two pieces: an answer that drips would hold its place in the lane for hours. */
async function readLimited(body: AsyncIterable<Uint8Array>, isLate: () => boolean): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.byteLength
    if (size > MOST_BYTES) throw Object.assign(new Error('the answer is too large'), { code: 'ANSWER_TOO_LARGE' })
    if (isLate()) throw Object.assign(new Error('the answer drips'), { code: 'ANSWER_TOO_SLOW' })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parseBody(text: string, contentType: string | undefined): unknown {
  if (text === '' || !contentType?.includes('json')) return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function flatHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const flat: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value
  }
  return flat
}

function codeOf(error: unknown): string {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') return at.code
    if (at instanceof AggregateError && at.errors.length > 0) return codeOf(at.errors[0])
  }
  return 'NO_CODE'
}
