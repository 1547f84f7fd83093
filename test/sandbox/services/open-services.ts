import type { Clock } from '../../../src/clock.ts'
import { type ServicesOptions, startServices } from '../../../src/sandbox/services/start-services.ts'
import { SANDBOX_ACCESS } from '../../../src/sandbox/services/tokens.ts'

/** PagerDuty's key is part of each event. */
type Service = Exclude<keyof typeof SANDBOX_ACCESS, 'pagerduty'>

/** Answers of five vendors, which the tests look into. */
type Json = ReturnType<typeof JSON.parse>

interface Reply {
  status: number
  headers: Headers
  body: Json
}

interface Call {
  body?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal
}

/** The fakes on a free port, with a caller that knows their tokens; closed at the end of the test's block. */
export async function openServices(options: ServicesOptions = {}) {
  const services = await startServices(options)
  const send = async (method: string, path: string, { body, headers = {}, signal }: Call = {}): Promise<Reply> => {
    const response = await fetch(`${services.url}${path}`, {
      method,
      headers: {
        'user-agent': 'test',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) }
  }
  const call =
    (service: Service) =>
    (method: string, path: string, given: Call = {}) =>
      send(method, `/${service}${path}`, {
        ...given,
        headers: { authorization: `Bearer ${SANDBOX_ACCESS[service].token}`, ...given.headers },
      })
  const control = async (method: string, path: string, body?: unknown): Promise<Json> =>
    (await send(method, `/control${path}`, { body })).body
  return {
    url: services.url,
    send,
    call,
    control,
    /** What was really done, as "kind key". */
    effects: async (service: Service): Promise<string[]> => {
      const { effects } = await control('GET', `/log/${service}`)
      return effects.map((each: { kind: string; key: string }) => `${each.kind} ${each.key}`)
    },
    close: services.close,
    [Symbol.asyncDispose]: services.close,
  }
}

/** A clock for tests, with the number of its timers that have not ended. */
interface HandClock extends Clock {
  advance: (ms: number) => void
  waiting: () => number
}

/** A clock that stands still until it is moved. */
export function handClock(start = Date.UTC(2026, 10, 2, 9)): HandClock {
  let now = start
  const waiting = new Set<{ at: number; due: () => void }>()
  const after = (ms: number, due: () => void) => {
    const timer = { at: now + ms, due }
    waiting.add(timer)
    return () => void waiting.delete(timer)
  }
  return {
    now: () => now,
    waiting: () => waiting.size,
    elapsed: () => now,
    after,
    sleep: (ms) => new Promise((resolve) => after(ms, resolve)),
    advance(ms) {
      now += ms
      for (const timer of [...waiting].filter(({ at }) => at <= now)) {
        waiting.delete(timer)
        timer.due()
      }
    },
  }
}
