import type { Actor } from '../domain/actor.ts'
import { gaveUp } from '../domain/earlier.ts'
import { asksPeople, type Decision, ended, type Step, settled } from '../domain/run.ts'
import { undoKey } from '../domain/step-key.ts'
import { undoPlan } from '../domain/undo-plan.ts'
import { advance, endRun } from './advance.ts'
import type { RequestOf } from './decisions.ts'
import { carried, type Draft, ENGINE } from './draft-change.ts'
import type { EventOf, RunEvent, Transition } from './events.ts'
import { newStep } from './new-step.ts'
import { enterDecision } from './record-decision.ts'

type Cancel = RequestOf<'cancel'>

/** Stops a run for good; with its undo, it ends when that is done. Asked for again without, undoing stops too. */
export function cancel(draft: Draft, decision: Cancel, actor: Actor): Transition | null {
  const { run, context } = draft
  const { reason, undo = false } = decision
  if (ended(run) || (run.cancelled && undo)) {
    return { kind: 'too-late', by: gaveUp(run) ?? lastDecision(run.steps), status: run.status }
  }
  const { undone } = undo ? undoPlan(context.definition.outline, run) : { undone: [] }
  const facts = { undo, steps: undone.length }
  const made = enterDecision(draft, actor, { kind: 'cancel', reason, facts })
  stopSteps(draft, made, undo)
  run.cancelled = { by: actor, at: context.now, reason, undo }
  run.steps = [...run.steps, ...undone.map(({ step }) => newStep(undoKey(step.key)))]
  // Who cancels it wants its undo carried out, whatever kept it from going on.
  run.paused = null
  run.status = 'cancelled'
  draft.tell({ kind: 'cancel', step: null, by: actor, text: reason })
  if (undone.length > 0) advance(draft)
  else endRun(draft)
  draft.markRun(true)
  return null
}

/** Ends every step that is not settled, by a decision about the whole run. */
export function stopSteps(draft: Draft, made: Decision, undo: boolean): void {
  if (draft.run.heldBack) draft.markHeld()
  draft.run.heldBack = null
  for (const step of draft.run.steps) if (!settled(step)) stop(draft, step, { made, undo })
}

function stop(draft: Draft, step: Step, { made, undo }: { made: Decision; undo: boolean }): void {
  const attempt = step.status === 'running' ? { attempt: step.attempt } : {}
  if (step.status === 'running') draft.hand({ kind: 'abandon', attempt: step.attempt })
  draft.put({
    ...carried(step),
    decisions: [...step.decisions, made],
    status: 'cancelled',
    at: made.at,
    ...attempt,
  })
  if (step.alerted || asksPeople(step)) draft.markStep(step.key)
  // With its undo the child is cancelled when that is its turn.
  if (step.status !== 'waiting' || step.wait?.kind !== 'run' || undo) return
  draft.hand({ kind: 'kin', parent: draft.run.id, child: step.wait.run })
}

const lastDecision = (steps: readonly Step[]): Decision | null =>
  steps
    .flatMap((step) => step.decisions)
    .sort((a, b) => a.at - b.at)
    .at(-1) ?? null

/**
 * What an attempt came to that was under way as its run was cancelled: it is undone, or shown to be. False when the
 * event is about no such attempt.
 */
export function endedAfterCancel(draft: Draft, event: RunEvent): boolean {
  if (!isEnd(event)) return false
  const step = draft.step(event.step)
  if (step.status !== 'cancelled' || step.attempt !== event.attempt) return false
  const { attempt: _heard, ...rest } = step
  const calls = 'calls' in event ? event.calls : step.calls
  const { now } = draft.context
  if (event.kind === 'attempt-succeeded') {
    draft.put({ ...rest, calls, late: { at: now, output: event.output } })
    draft.tell({ kind: 'late-answer', step: step.key, by: ENGINE, text: null })
    draft.markRun(true)
  } else draft.put({ ...rest, calls, ...(event.kind === 'attempt-lost' ? { lost: true } : {}) })
  const facts = { status: step.status, answer: event.kind }
  if (event.kind === 'attempt-lost') draft.entry({ kind: 'attempt.lost', step: step.key, attempt: event.attempt })
  else {
    const body = event.kind === 'attempt-succeeded' ? { output: event.output } : {}
    draft.entry({ kind: 'step.late-answer', step: step.key, attempt: event.attempt, facts, body })
  }
  advance(draft)
  return true
}

type End = EventOf<'attempt-succeeded' | 'attempt-failed' | 'attempt-ended' | 'attempt-lost'>

const isEnd = (event: RunEvent): event is End =>
  event.kind === 'attempt-succeeded' ||
  event.kind === 'attempt-failed' ||
  event.kind === 'attempt-ended' ||
  event.kind === 'attempt-lost'
