import type { RetryPolicy } from '../domain/policy.ts'
import type { StepFailure } from '../domain/run.ts'

export type AfterFailure =
  | { kind: 'back-off'; resumeAt: number }
  | { kind: 'failed'; escalate: boolean }
  | { kind: 'unknown' }

/**
 * What follows a failed attempt: a wait that survives a restart, the end of what a machine may try, or a person's look.
 * `attempts` counts those since a person last decided; `retryAfterMs` is what the service asked for.
 */
export function decideAfterFailure(about: {
  policy: RetryPolicy
  failure: StepFailure
  attempts: number
  retryAfterMs: number | null
  now: number
}): AfterFailure {
  const { policy, failure } = about
  if (failure.consequence === 'unknown') return { kind: 'unknown' }
  if (failure.consequence !== 'retry') return { kind: 'failed', escalate: false }
  const wait = policy.backOffMs[about.attempts - 1]
  if (wait === undefined) return { kind: 'failed', escalate: policy.atTheEnd === 'escalate' }
  return { kind: 'back-off', resumeAt: about.now + Math.max(wait, about.retryAfterMs ?? 0) }
}
