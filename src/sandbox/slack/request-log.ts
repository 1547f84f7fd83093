const KEPT = 50_000

export interface LoggedRequest {
  id: number
  at: string
  method: string
  path: string
  body: unknown
  /** Null while there is no answer, and for ever when there was none. */
  status: number | null
  fault?: string
}

interface LoggedEffect {
  id: number
  at: string
  requestId: number
  kind: string
  key: string
}

/** What the sandbox's Slack was asked and what it did: the newest 50,000 of each. */
export interface RequestLog {
  requests: LoggedRequest[]
  effects: LoggedEffect[]
  received(request: Pick<LoggedRequest, 'method' | 'path' | 'body'>): LoggedRequest
  done(requestId: number, kind: string, key: string): void
  counts(): { requests: number; effects: number }
}

/** Keeps the log in memory; secrets in bodies are hidden. */
export function createRequestLog(now: () => number): RequestLog {
  const requests: LoggedRequest[] = []
  const effects: LoggedEffect[] = []
  const made = { requests: 0, effects: 0 }
  const keep = <T>(among: T[], each: T) => {
    among.push(each)
    if (among.length > KEPT * 1.1) among.splice(0, among.length - KEPT)
  }
  return {
    requests,
    effects,
    received({ method, path, body }) {
      const request = { id: ++made.requests, at: new Date(now()).toISOString(), method, path, body, status: null }
      keep(requests, request)
      return request
    },
    done(requestId, kind, key) {
      keep(effects, { id: ++made.effects, at: new Date(now()).toISOString(), requestId, kind, key })
    },
    counts: () => ({ ...made }),
  }
}
