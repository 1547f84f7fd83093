import type { HoldOf } from '../domain/hold.ts'
import type { StepKey } from '../domain/ids.ts'
import type { StepIn } from '../domain/run.ts'
import { undoes } from '../domain/step-key.ts'
import { advance } from './advance.ts'
import { requestTicket } from './apply-ticket.ts'
import { decideAfterFailure } from './decide-after-failure.ts'
import { carried, type Draft, ENGINE, failureFacts } from './draft-change.ts'
import type { EventOf, RunEvent, Transition } from './events.ts'
import { holdBackingOff, holdFailing, incidentOver } from './hold-steps.ts'

type AttemptEvent = Extract<RunEvent, { step: StepKey; attempt: unknown }>
type LateEvent = EventOf<'attempt-succeeded' | 'attempt-failed' | 'ticket-opened' | 'ticket-failed'>

/** The step, when this very attempt is the one that it waits for. */
export function heldBy(draft: Draft, event: AttemptEvent): StepIn<'running'> | null {
  const step = draft.step(event.step)
  return step.status === 'running' && step.attempt === event.attempt ? step : null
}

export function attemptSucceeded(draft: Draft, step: StepIn<'running'>, event: EventOf<'attempt-succeeded'>): void {
  const { now } = draft.context
  draft.put({
    ...carried(step),
    calls: event.calls,
    status: 'succeeded',
    startedAt: step.startedAt,
    at: now,
    output: event.output,
    markedBy: null,
    ...(event.used ? { used: event.used } : {}),
  })
  const isUndo = undoes(step.key) !== null
  if (isUndo) draft.tell({ kind: 'undone', step: step.key, by: ENGINE, text: null })
  draft.entry({
    kind: isUndo ? 'step.undone' : 'step.succeeded',
    step: step.key,
    attempt: step.attempt,
    facts: { attempts: step.attempts },
    body: { output: event.output },
  })
  if (step.alerted) {
    draft.markFailure(step.key)
    draft.tell({ kind: 'step-recovered', step: step.key, by: step.decisions.at(-1)?.by ?? ENGINE, text: null })
  }
  advance(draft)
}

export function attemptFailed(draft: Draft, step: StepIn<'running'>, event: EventOf<'attempt-failed'>): void {
  const { now, rules, definition } = draft.context
  const { failure } = event
  const incident = incidentOver(draft, failure)
  if (incident) {
    heldByIncident(draft, step, { event, incident })
    return
  }
  const after = decideAfterFailure({
    policy: rules.policy(definition.name, step.key),
    failure,
    attempts: step.attemptsInRow,
    retryAfterMs: event.retryAfterMs,
    now,
  })
  const failing = { since: step.failing?.since ?? now, failure }
  const base = { ...carried(step), calls: event.calls, failing }
  if (after.kind === 'back-off') {
    draft.put({ ...base, status: 'backing-off', resumeAt: after.resumeAt })
  } else {
    draft.put({ ...base, alerted: true, status: after.kind, at: now })
    draft.tell({
      kind: after.kind === 'failed' ? 'step-failed' : 'step-unknown',
      step: step.key,
      by: ENGINE,
      text: failure.message,
    })
  }
  draft.entry({
    kind: after.kind === 'back-off' ? 'step.backing-off' : `step.${after.kind}`,
    step: step.key,
    attempt: step.attempt,
    ...failureFacts(failure),
  })
  if (after.kind !== 'back-off' || step.alerted) draft.markFailure(step.key)
  holdBackingOff(draft)
  // A ticket that a person asked for already is the one.
  const hasTicket = step.escalation !== null && step.escalation.status !== 'failed'
  if (after.kind === 'failed' && after.escalate && !hasTicket) {
    requestTicket(draft, step.key, ENGINE, 'Everything that Purser may try by itself has been tried.')
  }
  advance(draft)
}

/** Many fail of the same cause: the incident tells of it, and the step waits for its end. */
function heldByIncident(
  draft: Draft,
  step: StepIn<'running'>,
  about: { event: EventOf<'attempt-failed'>; incident: HoldOf<'incident'> },
): void {
  const { event, incident } = about
  const failing = { since: step.failing?.since ?? draft.context.now, failure: event.failure }
  holdFailing(draft, { ...step, calls: event.calls }, { failing, incident })
  advance(draft)
}

/** Remembers since when tries have been failing, so that the alert comes in time also after a restart. */
export function triesFailing(draft: Draft, step: StepIn<'running'>, event: EventOf<'tries-failing'>): void {
  const incident = incidentOver(draft, event.failure)
  const failing = { since: step.failing?.since ?? draft.context.now, failure: event.failure }
  draft.put({ ...step, failing: incident ? { ...failing, incident: incident.id } : failing })
  draft.markRun(false)
  if (step.alerted) draft.markFailure(step.key)
}

/** The process that carried the attempt out is gone: the same attempt goes on under a new name, within the same budget. */
export function attemptLost(draft: Draft, step: StepIn<'running'>): void {
  const attempt = draft.context.ids.attempt()
  draft.put({ ...step, attempt })
  draft.entry({ kind: 'attempt.lost', step: step.key, attempt: step.attempt })
  draft.hand({ kind: 'attempt', step: step.key, attempt, startedAt: step.startedAt, earlierCalls: true })
}

/**
 * An answer that nobody waits for any more: kept, so that it is never lost, and without effect. It disturbs nobody, so
 * that the run stays as it was; but a skipped step remembers that it was done all the same, and can be undone.
 */
export function lateAnswer(draft: Draft, event: LateEvent): Transition {
  const body =
    event.kind === 'attempt-succeeded' ? { output: event.output } : event.kind === 'ticket-opened' ? event.ticket : {}
  const step = draft.step(event.step)
  const facts = { status: step.status, answer: event.kind }
  draft.entry({ kind: 'step.late-answer', step: event.step, attempt: event.attempt, facts, body })
  if (event.kind !== 'attempt-succeeded' || step.status !== 'skipped' || step.late) {
    return { kind: 'change', change: { ...draft.finish(), run: draft.before } }
  }
  draft.put({ ...step, late: { at: draft.context.now, output: event.output } })
  return { kind: 'change', change: draft.finish() }
}
