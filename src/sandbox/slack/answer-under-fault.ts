import type { ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { type Answer, json, send } from '../http.ts'
import type { ActiveFault } from '../state.ts'
import type { LoggedRequest } from './request-log.ts'

/** Longer than any client of Slack is patient with an acknowledgement. */
const SLOW_MS = 5000

interface UnderFault {
  fault: ActiveFault | null
  res: ServerResponse
  logged: LoggedRequest
  /** The median time of an answer. */
  latencyMs: number
  act: () => Promise<Answer>
}

/** Does what was asked and answers, or fails in the way that the fault orders. */
export async function answerUnderFault({ fault, res, logged, latencyMs, act }: UnderFault): Promise<void> {
  if (fault) logged.fault = fault.kind
  if (latencyMs > 0) await wait(logNormal(latencyMs))
  const answer = (given: Answer) => {
    logged.status = given.status
    send(res, given)
  }
  const after = fault?.retry_after
  switch (fault?.kind) {
    case undefined:
      return answer(await act())
    case '503':
      return answer(unavailable(after))
    case '429':
      return answer(json({ ok: false, error: 'ratelimited' }, 429, { 'retry-after': String(after ?? 1) }))
    case '401':
      return answer(json({ ok: false, error: 'token_revoked' }))
    case 'timeout':
      return
    case 'reset':
      res.destroy()
      return
    case 'lost-answer':
      await act()
      res.destroy()
      return
    case 'unanswered':
      await act()
      return
    case 'slow':
      await wait(SLOW_MS, undefined, { ref: false })
      return answer(await act())
  }
}

function unavailable(after: number | undefined): Answer {
  const headers = after === undefined ? {} : { 'retry-after': String(after) }
  return { status: 503, headers: { 'content-type': 'text/plain', ...headers }, body: 'Service Unavailable' }
}

/** A time around the median as answers over a network are spread. */
function logNormal(medianMs: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random())
  return medianMs * Math.exp(0.35 * normal)
}
