import type { Endpoint, HttpResponse, Operation, Verdict } from '../domain/operation.ts'

/** What an answer means: the connector's reading first, then the common reading of HTTP. */
export function judgeAnswer<I, O>(
  { operation, endpoint }: { operation: Operation<I, O>; endpoint: Pick<Endpoint, 'title'> },
  response: HttpResponse,
  now: number,
): Verdict {
  const verdict = operation.judge?.(response) ?? commonReading(endpoint.title, response)
  if (verdict.kind !== 'retry' || verdict.retryAfterMs !== undefined) return verdict
  return { ...verdict, retryAfterMs: retryAfterMs(response, now) }
}

function commonReading(title: string, response: HttpResponse): Verdict {
  const { status } = response
  if (status >= 200 && status < 300) return { kind: 'done' }
  if (status === 429) {
    return {
      kind: 'retry',
      code: 'rate-limited',
      message: `${title} asks us to slow down (429).`,
      hint: 'Wait: the limit passes by itself.',
    }
  }
  if (status === 408 || status >= 500) {
    return {
      kind: 'retry',
      code: `http-${status}`,
      message: `${title} answered ${status}: it is not working right now.`,
      hint: `Look at the status page of ${title}; retry when it works again.`,
    }
  }
  if (status >= 300 && status < 400) {
    return {
      kind: 'permanent',
      code: 'redirected',
      message: `${title} answered ${status}, a redirect; those are not followed.`,
      hint: `Check the address configured for ${title}.`,
    }
  }
  return {
    kind: 'permanent',
    code: `http-${status}`,
    message: `${title} refused the request (${status}).`,
    hint: 'Look at the calls for what it answered, put it right there, then retry.',
  }
}

/** A year: nobody waits longer, and what is beyond the dates that a computer knows could not be kept. */
const LONGEST_WAIT_MS = 366 * 86_400_000

/** Milliseconds that a Retry-After header asks for, in either of its forms; null without one that makes sense. */
function retryAfterMs(response: HttpResponse, now: number): number | null {
  const text = response.headers['retry-after']?.trim()
  if (!text) return null
  if (/^\d+(\.\d+)?$/.test(text)) return Math.min(Math.ceil(Number(text) * 1000), LONGEST_WAIT_MS)
  const date = Date.parse(text)
  return Number.isNaN(date) ? null : Math.min(Math.max(0, date - now), LONGEST_WAIT_MS)
}

/**
 * Whether an answered failure shows that nothing was done. 429 and 503 say that the request was not taken; after any
 * other 5xx the effect may stand.
 */
export const refusedUndone = (status: number): boolean => status < 500 || status === 503
