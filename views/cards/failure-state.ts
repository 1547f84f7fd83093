import type { WorkflowOutline } from '../../src/domain/outline.ts'
import type { RetryPolicy } from '../../src/domain/policy.ts'
import type { Decision, Run, Step, StepFailure, StepIn } from '../../src/domain/run.ts'

export interface FailureSubject {
  run: Run
  step: Step
  outline: WorkflowOutline
  /** The policy of the run's rules for this step: how often Purser tries by itself. */
  policy: RetryPolicy
  /** Version of today's rules; absent: not known. */
  rules?: { today: number }
}

/** What a failure card is drawn from. */
export type Drawn = FailureSubject & { state: FailureState }

/** The step of a failure card, by what the card has to say. */
export type FailureState =
  /** Between two tries that Purser makes by itself. */
  | { kind: 'retrying'; step: StepIn<'backing-off'>; failure: StepFailure; since: number }
  /** A try of its own is under way. */
  | { kind: 'trying'; step: StepIn<'running'>; failure: StepFailure; since: number }
  | { kind: 'failed'; step: StepIn<'failed'>; failure: StepFailure; since: number }
  | { kind: 'unknown'; step: StepIn<'unknown'>; failure: StepFailure; since: number }
  /** An incident or a pause holds it: it goes on by itself. */
  | { kind: 'held'; step: StepIn<'held'>; failure: StepFailure; since: number }
  /** Somebody pressed Retry, or it goes on after a restart. */
  | { kind: 'resumed'; step: StepIn<'running' | 'pending' | 'waiting' | 'held'>; by: Decision | null }
  | { kind: 'settled'; step: StepIn<'succeeded' | 'skipped' | 'refused' | 'not-needed' | 'cancelled'> }

/** What a failure card has to say about a step now. */
export function failureState(step: Step): FailureState {
  switch (step.status) {
    case 'backing-off':
      return { kind: 'retrying', step, ...step.failing }
    case 'held':
      if (step.failing === null) return { kind: 'resumed', step, by: retryOf(step) }
      return { kind: 'held', step, ...step.failing }
    case 'failed':
      return { kind: 'failed', step, ...step.failing }
    case 'unknown':
      return { kind: 'unknown', step, ...step.failing }
    case 'pending':
    case 'waiting':
      return { kind: 'resumed', step, by: retryOf(step) }
    case 'running': {
      const by = retryOf(step)
      // The first attempt after a click belongs to whoever clicked; later ones are Purser's own again.
      if (step.failing === null || (by !== null && step.attemptsInRow <= 1)) return { kind: 'resumed', step, by }
      return { kind: 'trying', step, ...step.failing }
    }
    default:
      return { kind: 'settled', step }
  }
}

/** The retry that a person asked for, when that was the last thing decided. */
function retryOf(step: Step): Decision | null {
  const last = step.decisions.filter((decision) => decision.kind !== 'escalate').at(-1)
  return last?.kind === 'retry' || last?.kind === 'edit' ? last : null
}

/** What had happened, as the run's history keeps it: a settled step no longer knows. */
export function whatHad(run: Run, step: Step): { at: number; text: string } | null {
  const line = run.history.findLast(
    (each) =>
      each.step === step.key &&
      each.text !== null &&
      (each.kind === 'step-failed' || each.kind === 'step-unknown' || each.kind === 'step-failing'),
  )
  return line?.text ? { at: line.at, text: line.text } : null
}
