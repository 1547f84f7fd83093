import { channel } from 'node:diagnostics_channel'
import { Agent, buildConnector } from 'undici'
import { type Clock, systemClock } from '../clock.ts'
import type { HttpResponse } from '../domain/operation.ts'
import { gatherAnswer } from './gather-answer.ts'

/** Published around each connection that is opened here, so that a test can tell these sockets from any others. */
export const connecting = channel('purser.egress.connecting')

const MOST_BYTES = 4 * 1024 * 1024

export interface WireRequest {
  url: URL
  method: string
  headers: Record<string, string>
  body: string | Uint8Array | null
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

/** undici's dispatcher with keep-alive: the least CPU a call among the maintained clients. */
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
        const {
          status,
          headers: received,
          text,
        } = await gatherAnswer(
          agent,
          {
            origin: url.origin,
            path: `${url.pathname}${url.search}`,
            method,
            headers,
            body,
            headersTimeout: timeoutMs,
            bodyTimeout: timeoutMs,
          },
          { mostBytes: MOST_BYTES, isLate: () => clock.elapsed() > endsAt },
        )
        return { status, headers: received, body: parseBody(text, received['content-type']) }
      } catch (error) {
        const code = codeOf(error)
        throw new NoAnswer(code, !BEFORE_SENDING.has(code), error)
      }
    },
    close: () => agent.destroy(),
  }
}

function parseBody(text: string, contentType: string | undefined): unknown {
  if (text === '' || !contentType?.includes('json')) return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function codeOf(error: unknown): string {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') return at.code
    if (at instanceof AggregateError && at.errors.length > 0) return codeOf(at.errors[0])
  }
  return 'NO_CODE'
}
