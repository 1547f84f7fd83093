import type { CallSummary } from './call-summary.ts'
import type { StepKey } from './ids.ts'
import { type OperationName, outlineOf, type WorkflowOutline } from './outline.ts'
import type { Run, Step } from './run.ts'
import { stepName, undoes } from './step-key.ts'

/** What cancelling a run with its undo would do, and what it leaves to people. */
export interface UndoPlan {
  /** Steps that would be undone, those first that build on others. */
  undone: { step: Step; state: 'done' | 'partly' | 'running' }[]
  stays: { step: Step; why: 'no-undo' | 'there-before' | 'added-to' | 'by-hand' | 'run-ended' }[]
}

/** The plan for a run as it is now; pure, for the card and for the engine. */
export function undoPlan(outline: WorkflowOutline, run: Run): UndoPlan {
  const plan: UndoPlan = { undone: [], stays: [] }
  for (const step of [...run.steps].reverse()) {
    const { undo, makes } = outlineOf(outline, step.key) ?? {}
    const state = undoes(step.key) === null ? effectOf(step, makes) : 'none'
    if (state === 'none') continue
    if (isStaying(state)) plan.stays.push({ step, why: state })
    else if (undo === undefined) plan.stays.push({ step, why: 'no-undo' })
    else plan.undone.push({ step, state })
  }
  return plan
}

type Staying = Exclude<UndoPlan['stays'][number]['why'], 'no-undo'>
type Effect = UndoPlan['undone'][number]['state'] | Staying | 'none'

const isStaying = (effect: Effect): effect is Staying =>
  effect === 'there-before' || effect === 'added-to' || effect === 'by-hand' || effect === 'run-ended'

/**
 * What of a step stands outside, by the operation that `makes` it. Of what it did only its calls tell; when in doubt,
 * it did something.
 */
export function effectOf(step: Step, makes?: OperationName): Effect {
  if (step.wait?.kind === 'run') return step.status === 'succeeded' ? 'run-ended' : isRunOpen(step) ? 'running' : 'none'
  if (step.wait !== null) return step.wait.kind === 'task' && step.status === 'succeeded' ? 'by-hand' : 'none'
  if (step.status === 'running' || (step.status === 'cancelled' && step.attempt !== undefined)) return 'running'
  const writes = step.calls.filter((call) => call.class !== 'R')
  if (makes && originOf(step, makes) === 'found') return writes.some(wasDone) ? 'added-to' : 'there-before'
  if (step.late) return 'done'
  if (step.status === 'succeeded' && step.markedBy) return 'done'
  if (step.attempts === 0) return 'none'
  if (step.status === 'cancelled' && step.lost) return 'partly'
  // Skipped while it was under way: nobody waited for what it came to.
  if (step.status === 'skipped' && step.calls.length === 0) return 'partly'
  // What was found at the first attempt was there before this run, but for what a try made whose answer was lost.
  if (step.attempts === 1 && writes.length > 0 && writes.every(({ outcome, ours }) => outcome === 'found' && !ours))
    return 'there-before'
  if (step.status === 'succeeded') return 'done'
  return step.attempts > 1 || writes.some(({ outcome }) => outcome !== 'not-sent') ? 'partly' : 'none'
}

const wasDone = ({ outcome, ours }: CallSummary): boolean =>
  outcome === 'done' || outcome === 'unknown' || ours === true

/** Whether the step made what this operation makes, or found it. A first attempt alone is sure to have found it. */
export function originOf(step: Step, { service, name }: OperationName): 'made' | 'found' | 'unclear' {
  const calls = step.calls.filter((call) => call.service === service && call.operation === name)
  if (calls.some(({ outcome, ours }) => outcome === 'done' || ours)) return 'made'
  const isFound = step.attempts === 1 && calls.length > 0 && calls.every(({ outcome }) => outcome === 'found')
  return isFound ? 'found' : 'unclear'
}

const isRunOpen = ({ status }: Step): boolean => status === 'waiting' || status === 'cancelled'

/** Steps that come behind `key` by any edge, transitively: what they did is undone before it. */
export function buildsOn(outline: WorkflowOutline, key: StepKey): ReadonlySet<StepKey> {
  const behind = new Set<StepKey>([stepName(key)])
  for (const step of outline.steps) {
    if ([...step.needs, ...step.optional, ...step.after].some((before) => behind.has(before))) behind.add(step.key)
  }
  behind.delete(stepName(key))
  return behind
}
