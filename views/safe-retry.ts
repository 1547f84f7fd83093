import type { CallSummary } from '../src/domain/call-summary.ts'
import type { Step } from '../src/domain/run.ts'
import { texts } from './texts/index.ts'

/** What a retry does with one call that is not done. */
interface RepeatedCall {
  call: CallSummary
  /** `safe`: it cannot happen twice · `ask`: it may have happened, and only a person can tell. */
  verdict: 'safe' | 'ask'
  why: string
}

export interface SafeRetry {
  /** Calls that are done and stay done. */
  done: readonly CallSummary[]
  repeated: readonly RepeatedCall[]
  /** `nothing-sent`: no call has left yet. */
  overall: 'safe' | 'ask' | 'nothing-sent'
}

/** What is done, what a retry would repeat, and whether that is safe; `service` names a service in words. */
export function safeRetry(step: Step, service: (name: string) => string): SafeRetry {
  const done = step.calls.filter((call) => call.outcome === 'done' || call.outcome === 'found')
  const repeated = step.calls
    .filter((call) => call.outcome !== 'done' && call.outcome !== 'found')
    .map((call) => judge(call, step.status === 'unknown', service(call.service)))
  if (repeated.some((each) => each.verdict === 'ask')) return { done, repeated, overall: 'ask' }
  return { done, repeated, overall: step.calls.length === 0 ? 'nothing-sent' : 'safe' }
}

/** By the operation's class; `failed` may hide an answer that got lost, except where we always look (L). */
function judge(call: CallSummary, stepIsUnknown: boolean, service: string): RepeatedCall {
  const says = texts.safeRetry
  const safe = (why: string): RepeatedCall => ({ call, verdict: 'safe', why })
  if (call.outcome === 'not-sent') return safe(says.notSent)
  if (call.class === 'R') return safe(says.onlyReads)
  if (call.class === 'U') return safe(says.keepsOne(service))
  if (call.outcome === 'unknown' && stepIsUnknown) return { call, verdict: 'ask', why: says.mayBeDone(service) }
  if (call.class === 'K') return safe(says.knowsKey(service))
  if (call.class === 'C') return safe(says.refusesSecond(service))
  return safe(call.outcome === 'failed' ? says.notDone : says.looksFirst)
}
