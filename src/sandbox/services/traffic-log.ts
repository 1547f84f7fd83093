import type { IncomingHttpHeaders } from 'node:http'
import { z } from 'zod'
import type { EffectDone, ServiceName } from './fake.ts'

const Request = z.object({
  service: z.string(),
  id: z.string(),
  /** ISO time. */
  at: z.string(),
  method: z.string(),
  path: z.string(),
  query: z.string(),
  headers: z.record(z.string(), z.unknown()),
  /** Absent where the request had none. */
  body: z.unknown().optional(),
  /** Null when the request was never answered. */
  status: z.int().nullable(),
  /** The kind of the fault that struck. */
  fault: z.string().optional(),
})

const Effect = z.object({
  service: z.string(),
  id: z.string(),
  at: z.string(),
  requestId: z.string(),
  kind: z.string(),
  key: z.string(),
  detail: z.record(z.string(), z.unknown()),
})

const Saved = z.object({ made: z.int(), counts: z.record(z.string(), z.tuple([z.int(), z.int()])) }).extend({
  requests: z.array(Request),
  effects: z.array(Effect),
})

export type LoggedRequest = z.infer<typeof Request>
type LoggedEffect = z.infer<typeof Effect>

const MOST_KEPT = 200_000
/** A snapshot holds the newest of each, so that saving stays quick; the counts go on. */
const MOST_SAVED = 10_000

interface Arrival {
  service: ServiceName
  at: string
  method: string
  path: string
  query: string
  headers: IncomingHttpHeaders
  body: unknown
}

/** What reached the fakes and what they did, in memory, the oldest dropped beyond a cap. */
export interface TrafficLog {
  arrived: (arrival: Arrival) => LoggedRequest
  done: (request: LoggedRequest, effects: EffectDone[]) => void
  /** The newest `limit` of each, the oldest first. */
  read: (service: string, limit: number) => { requests: LoggedRequest[]; effects: LoggedEffect[] }
  counts: (service: string) => { requests: number; effects: number }
  snapshot: () => unknown
  restore: (saved: unknown) => void
  reset: () => void
}

/** An empty log that keeps `mostKept` requests and as many effects. */
export function createTrafficLog(mostKept = MOST_KEPT): TrafficLog {
  let requests: LoggedRequest[] = []
  let effects: LoggedEffect[] = []
  let counts = new Map<string, [number, number]>()
  let made = 0

  const countOf = (service: string) => {
    const found = counts.get(service) ?? [0, 0]
    counts.set(service, found)
    return found
  }

  return {
    arrived({ headers, body, ...arrival }) {
      const request = {
        ...arrival,
        id: `req-${++made}`,
        headers: hideToken(headers),
        body: hideSecrets(body),
        status: null,
      }
      countOf(arrival.service)[0] += 1
      requests.push(request)
      trim(requests, mostKept)
      return request
    },
    done(request, all) {
      for (const effect of all) {
        effects.push({
          ...effect,
          service: request.service,
          id: `eff-${++made}`,
          at: request.at,
          requestId: request.id,
        })
        countOf(request.service)[1] += 1
      }
      trim(effects, mostKept)
    },
    read(service, limit) {
      const newest = <T extends { service: string }>(all: T[]) =>
        limit <= 0 ? [] : all.filter((each) => each.service === service).slice(-limit)
      return { requests: newest(requests), effects: newest(effects) }
    },
    counts(service) {
      const [asked, acted] = countOf(service)
      return { requests: asked, effects: acted }
    },
    snapshot: () => ({
      made,
      counts: Object.fromEntries(counts),
      requests: requests.slice(-MOST_SAVED),
      effects: effects.slice(-MOST_SAVED),
    }),
    restore(saved) {
      const read = Saved.parse(saved)
      made = read.made
      counts = new Map(Object.entries(read.counts))
      requests = read.requests
      effects = read.effects
    },
    reset() {
      requests = []
      effects = []
      counts = new Map()
    },
  }
}

/** In steps of a tenth, so that moving the rest down is paid rarely. */
function trim(entries: unknown[], most: number): void {
  if (entries.length > most * 1.1) entries.splice(0, entries.length - most)
}

function hideToken(headers: IncomingHttpHeaders): Record<string, unknown> {
  return headers.authorization === undefined ? headers : { ...headers, authorization: 'hidden' }
}

const SECRET_FIELDS = ['password', 'hashFunction', 'ssn', 'date_of_birth', 'client_secret', 'assertion'] as const

function hideSecrets(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body
  const secret = SECRET_FIELDS.filter((field) => field in body)
  return secret.length === 0 ? body : { ...body, ...Object.fromEntries(secret.map((field) => [field, 'hidden'])) }
}
