import type { Run, Step } from '../domain/run.ts'
import { ended, openDebts, settled } from '../domain/run.ts'
import { dueTimes } from '../domain/wait.ts'
import { advance, begin } from './advance.ts'
import { attemptFailed, attemptLost, attemptSucceeded, heldBy, lateAnswer, triesFailing } from './apply-attempt.ts'
import { endedAfterCancel } from './apply-cancel.ts'
import { applyDecision } from './apply-decision.ts'
import { eventCame } from './apply-event.ts'
import { ticketAnswered, ticketLost } from './apply-ticket.ts'
import { remindOfDebts } from './close-debt.ts'
import { type Draft, draftChange, ENGINE } from './draft-change.ts'
import type { EventOf, RunEvent, Transition, TransitionContext } from './events.ts'
import { deployed, rulesGone, whileHeldBack } from './hold-back.ts'
import { concerns, holdBackingOff, joinIncident, letGo } from './hold-steps.ts'
import { childEnded } from './open-subflow.ts'
import { goOnWith, resumeRun } from './pause-run.ts'
import { runStatus } from './plan.ts'
import { expireProposals } from './propose-decision.ts'
import { reroute } from './reroute.ts'
import { lapse } from './take-over.ts'
import { wakeWait } from './wake-wait.ts'

/** What an event brings about in a run; pure: the same run, event and context give the same change. */
export function transition(run: Run, event: RunEvent, given: TransitionContext): Transition {
  const draft = draftChange(run, contextFor(event, byOwnRules(run, given)))
  if (endedAfterCancel(draft, event)) return { kind: 'change', change: draft.finish() }
  const meanwhile = run.heldBack && !ended(run) ? whileHeldBack(draft, run.heldBack, event) : null
  if (meanwhile) return meanwhile
  const applied = apply(draft, event)
  if (typeof applied === 'object') return applied
  return applied ? { kind: 'change', change: draft.finish() } : { kind: 'nothing' }
}

/** False when the event has nothing to say to the present state; an answer of its own where there is one. */
function apply(draft: Draft, event: RunEvent): boolean | Transition {
  switch (event.kind) {
    case 'begun':
      return begun(draft, event)
    case 'turn-came':
      return leaveLine(draft)
    case 'incident':
      return advanceAfter(draft, joinIncident(draft, event.hold))
    case 'hold-opened':
      return advanceAfter(draft, holdBackingOff(draft))
    case 'released':
      return released(draft, event)
    case 'decided':
      return applyDecision(draft, event) ?? true
    case 'event-came':
      return eventCame(draft, event) ?? true
    case 'deployed':
      return deployed(draft)
    case 'rules-gone':
      return rulesGone(draft, event)
    case 'whereabouts':
      return reroute(draft, event.where)
    case 'woken':
      return woken(draft)
    case 'ticket-opened':
    case 'ticket-failed':
      return ticketAnswered(draft, event) || lateAnswer(draft, event)
    case 'attempt-succeeded':
    case 'attempt-failed':
      return attemptAnswered(draft, event) || lateAnswer(draft, event)
    case 'tries-failing':
      return failsNow(draft, event)
    case 'attempt-ended':
      return false
    case 'child-ended':
      return advanceAfter(draft, childEnded(draft, event))
    case 'attempt-lost':
      return isLost(draft, event)
  }
}

function advanceAfter(draft: Draft, moved: boolean): boolean {
  if (moved) advance(draft)
  return moved
}

/** What a hold lets go passes it, whatever its own state: one run may be let go on to try. */
function contextFor(event: RunEvent, context: TransitionContext): TransitionContext {
  if (event.kind === 'begun') return { ...context, brake: event.brake }
  if (event.kind !== 'released') return context
  return { ...context, holds: (context.holds ?? []).filter(({ id }) => id !== event.hold) }
}

/** False when nobody waits for this attempt any more. */
function attemptAnswered(draft: Draft, event: EventOf<'attempt-succeeded' | 'attempt-failed'>): boolean {
  const step = heldBy(draft, event)
  if (step && event.kind === 'attempt-succeeded') attemptSucceeded(draft, step, event)
  else if (step && event.kind === 'attempt-failed') attemptFailed(draft, step, event)
  return step !== null
}

function isLost(draft: Draft, event: EventOf<'attempt-lost'>): boolean {
  const step = heldBy(draft, event)
  if (!step) return ticketLost(draft, event)
  attemptLost(draft, step)
  return true
}

/** False when that is known, or nobody waits for it any more. */
function failsNow(draft: Draft, event: EventOf<'tries-failing'>): boolean {
  const step = heldBy(draft, event)
  if (!step || step.failing) return false
  triesFailing(draft, step, event)
  return true
}

/** False when the run has nothing to do with this hold. */
function released(draft: Draft, event: EventOf<'released'>): boolean {
  if (!concerns(draft.run, event.hold)) return false
  for (const step of letGo(draft, event)) goOnWith(draft, step)
  advance(draft)
  return true
}

function begun(draft: Draft, { inLine }: EventOf<'begun'>): true {
  const { workflow, definition, rules, input, startedBy, restartOf } = draft.run
  const facts = { workflow, definition, rules, ...(restartOf ? { restartOf } : {}) }
  draft.entry({ kind: 'run.started', by: startedBy, facts, body: { input } })
  draft.tell({ kind: 'started', step: null, by: startedBy, text: null })
  if (inLine) draft.run.inLine = draft.context.now
  advance(draft)
  return true
}

/** False when it has left it already. */
function leaveLine(draft: Draft): boolean {
  if (draft.run.inLine === undefined) return false
  delete draft.run.inLine
  advance(draft)
  return true
}

/** A decision may have had it go by today's rules, also a moment ago. */
function byOwnRules(run: Run, context: TransitionContext): TransitionContext {
  const { rules, today } = context
  return today && run.rules !== rules.version && run.rules === today.version ? { ...context, rules: today } : context
}

const woken = (draft: Draft): boolean => (ended(draft.run) ? remindOfDebts(draft) : wake(draft))

/** Does what has become due: resumes what has waited long enough, reminds people, and asks for the cards of what has failed for long enough. */
function wake(draft: Draft): boolean {
  const { now } = draft.context
  let woke = false
  let movedSome = false
  if (remindOfDebts(draft)) woke = true
  if (expireProposals(draft)) woke = true
  for (const step of draft.run.steps) {
    const since = alertDueSince(step)
    if (since !== null && now >= since + policyOf(draft, step).alertAfterMs) {
      draft.put({ ...step, alerted: true })
      draft.tell({ kind: 'step-failing', step: step.key, by: ENGINE, text: failureText(step) })
      draft.markFailure(step.key)
      draft.markRun(false)
      woke = true
    }
    if (!settled(step) && lapse(draft, step)) woke = true
    if (wakeWait(draft, step)) {
      movedSome ||= draft.step(step.key).status !== 'waiting'
      woke = true
    }
    // An item waits until it is its turn too.
    if (step.item && step.status === 'backing-off' && now >= step.resumeAt) movedSome = true
    else if (step.status === 'backing-off' && now >= step.resumeAt) {
      begin(draft, step.key, { earlierCalls: true })
      draft.markRun(false)
      if (draft.step(step.key).alerted) draft.markFailure(step.key)
      woke = true
    }
  }
  const before = draft.run.steps
  const until = draft.run.paused?.until
  if (until && now >= until) {
    resumeRun(draft, { by: ENGINE, reason: null })
    return true
  }
  if (movedSome) advance(draft)
  else if (woke) draft.run.status = runStatus(draft.run)
  return woke || draft.run.steps !== before
}

const policyOf = (draft: Draft, step: Step) => draft.context.rules.policy(draft.context.definition.name, step.key)

const failureText = (step: Step): string | null =>
  'failing' in step && step.failing ? step.failing.failure.message : null

/** Since when a step has been failing without a card, in milliseconds since 1970. */
function alertDueSince(step: Step): number | null {
  if (step.alerted) return null
  // A pause tells nothing of what fails; of what an incident holds, its card tells.
  const isFailing = step.status === 'running' || step.status === 'backing-off'
  if (!isFailing && !(step.status === 'held' && step.why === 'pause')) return null
  // The incident's card tells of it.
  if (step.failing?.incident) return null
  return step.failing?.since ?? null
}

/** When the run next wants to be woken, in milliseconds since 1970. */
export function wakeAt(run: Run, context: Pick<TransitionContext, 'definition' | 'rules'>): number | null {
  let earliest: number | null = null
  const consider = (at: number): void => {
    if (earliest === null || at < earliest) earliest = at
  }
  // A run that is held back waits for people, and no time changes that.
  if (run.heldBack) return null
  for (const { remindAt } of openDebts(run)) if (remindAt) consider(remindAt)
  if (ended(run)) return earliest
  if (run.paused?.until) consider(run.paused.until)
  for (const { expiresAt } of run.proposals ?? []) consider(expiresAt)
  for (const step of run.steps) {
    if (step.owner && !settled(step)) consider(step.owner.until)
    if (step.status === 'backing-off') consider(step.resumeAt)
    if (step.status === 'waiting' && step.wait) dueTimes(step.wait).forEach(consider)
    const since = alertDueSince(step)
    if (since !== null) consider(since + context.rules.policy(context.definition.name, step.key).alertAfterMs)
  }
  return earliest
}
