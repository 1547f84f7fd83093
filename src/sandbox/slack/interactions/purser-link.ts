import { createHmac } from 'node:crypto'
import { performance } from 'node:perf_hooks'

/** What Purser answered, or why it did not. */
export interface Reply {
  /** Null when there was no answer while Slack was patient. */
  status: number | null
  /** Parsed when it is JSON; the text otherwise. */
  body: unknown
  ms: number
  /** Slack's word for it: `operation_timeout` or `dispatch_failed`. */
  error?: string
}

interface Delivery {
  contentType: string
  body: string
  headers?: Record<string, string>
}

export interface PurserLink {
  deliver(delivery: Delivery): Promise<Reply>
}

interface LinkOptions {
  now: () => number
  url: () => string | null
  signingSecret: string
  /** Milliseconds for an answer; Slack has 3,000. */
  patienceMs: number
}

/** Sends what people do to Purser, signed as Slack signs it. */
export function createPurserLink({ now, url, signingSecret, patienceMs }: LinkOptions): PurserLink {
  return {
    async deliver({ contentType, body, headers }) {
      const base = url()
      if (base === null) return { status: null, body: '', ms: 0, error: 'dispatch_failed' }
      const started = performance.now()
      const stamp = String(Math.floor(now() / 1000))
      const took = () => Math.round((performance.now() - started) * 10) / 10
      try {
        const response = await fetch(new URL('/slack/events', base), {
          method: 'POST',
          redirect: 'error',
          signal: AbortSignal.timeout(patienceMs),
          headers: {
            ...headers,
            'content-type': contentType,
            'x-slack-request-timestamp': stamp,
            'x-slack-signature': sign(signingSecret, stamp, body),
          },
          body,
        })
        const answer = parsed(await response.text())
        const reply = { status: response.status, body: answer, ms: took() }
        return response.ok ? reply : { ...reply, error: 'dispatch_failed' }
      } catch (error) {
        const late = error instanceof Error && error.name === 'TimeoutError'
        return { status: null, body: '', ms: took(), error: late ? 'operation_timeout' : 'dispatch_failed' }
      }
    },
  }
}

function sign(secret: string, stamp: string, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${stamp}:${body}`).digest('hex')}`
}

function parsed(text: string): unknown {
  if (!/^\s*[{[]/.test(text)) return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
