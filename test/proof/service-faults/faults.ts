import type { HttpResponse } from '../../../src/domain/operation.ts'
import { NoAnswer } from '../../../src/egress/http-client.ts'

export interface Fault {
  name: string
  /** What the service does of it, and what Purser hears. */
  strike(act: () => Promise<HttpResponse>, now: number): Promise<HttpResponse>
  /** Whether the service has done what it was asked for. */
  does: boolean
  /** An answer came that nobody can read. */
  garbled?: boolean
  /** Milliseconds for which it asked to be left alone. */
  waitMs?: number
}

const YEAR_MS = 366 * 86_400_000

const answer = (status: number, headers: Record<string, string> = {}): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: {},
})

const silent = (name: string, code: string, parts: { does: boolean; sent?: boolean }): Fault => ({
  name,
  does: parts.does,
  async strike(act) {
    if (parts.does) await act()
    throw new NoAnswer(code, parts.sent ?? true, null)
  },
})

const status = (name: string, code: number, does: boolean): Fault => ({
  name,
  does,
  async strike(act) {
    if (does) await act()
    return answer(code)
  },
})

const slowDown = (name: string, retryAfter: (now: number) => string | null, waitMs: number): Fault => ({
  name: `429 with Retry-After ${name}`,
  does: false,
  waitMs,
  async strike(_, now) {
    const text = retryAfter(now)
    return answer(429, text === null ? {} : { 'retry-after': text })
  },
})

const garbled = (name: string, type: string, garble: (text: string) => unknown): Fault => ({
  name,
  does: true,
  garbled: true,
  async strike(act) {
    const { status: code, headers, body } = await act()
    return { status: code, headers: { ...headers, 'content-type': type }, body: garble(JSON.stringify(body)) }
  },
})

/** Everything that services are known to do. */
export const FAULTS: readonly Fault[] = [
  silent('a connection that is refused', 'ECONNREFUSED', { does: false, sent: false }),
  silent('a time-out with nothing done', 'UND_ERR_HEADERS_TIMEOUT', { does: false }),
  silent('a time-out although it was done', 'UND_ERR_HEADERS_TIMEOUT', { does: true }),
  silent('a reset with nothing done', 'ECONNRESET', { does: false }),
  silent('done, and the answer lost', 'ECONNRESET', { does: true }),
  silent('an answer that drips', 'ANSWER_TOO_SLOW', { does: true }),
  silent('an answer cut in the wire', 'UND_ERR_SOCKET', { does: true }),
  status('500 with nothing done', 500, false),
  status('500 although it was done', 500, true),
  status('502 although it was done', 502, true),
  status('503', 503, false),
  status('504 although it was done', 504, true),
  slowDown('in seconds', () => '7', 7_000),
  slowDown('beyond the budget', () => '600', 600_000),
  // A date has no fractions of a second.
  slowDown('as a date', (now) => new Date(now + 19_000).toUTCString(), 18_000),
  slowDown('that is absurd', () => '99999999999', YEAR_MS),
  slowDown('that is no time', () => 'soon', 0),
  slowDown('missing', () => null, 0),
  garbled('cut JSON', 'application/json', (text) => text.slice(0, -2)),
  garbled('a wrong content type', 'text/html', () => '<h1>Welcome</h1>'),
  garbled('two answers in one', 'application/json', (text) => `${text}${text}`),
]
