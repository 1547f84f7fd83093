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
import { deployed, heldBackInWords, rulesGone, whileHeldBack } from './hold-back.ts'
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
  const context = contextFor(event, byOwnRules(run, given))
  const draft = draftChange(run, context)
  if (endedAfterCancel(draft, event)) return { kind: 'change', change: draft.finish() }
  const heldBack = ended(run) ? null : run.heldBack
  const how = heldBack ? whileHeldBack(event) : 'apply'
  if (how === 'nothing') return { kind: 'nothing' }
  if (how === 'late') return late(run, draft, event as LateEvent)
  if (heldBack && how === 'refuse') return heldBackInWords(heldBack)
  switch (event.kind) {
    case 'begun':
    case 'turn-came':
      if (!(event.kind === 'begun' ? begun(draft, event) : leaveLine(draft))) return { kind: 'nothing' }
      break
    case 'incident':
    case 'released':
    case 'hold-opened':
      if (!holdMoved(draft, event)) return { kind: 'nothing' }
      break
    case 'decided':
    case 'event-came': {
      const isEvent = event.kind === 'event-came'
      const refused = isEvent ? eventCame(draft, event) : applyDecision(draft, event, () => draftChange(run, context))
      if (refused) return refused
      break
    }
    case 'deployed':
    case 'rules-gone':
      if (!(event.kind === 'deployed' ? deployed(draft) : rulesGone(draft, event))) return { kind: 'nothing' }
      break
    case 'whereabouts':
    case 'woken':
      if (!(event.kind === 'woken' ? woken(draft) : reroute(draft, event.where))) return { kind: 'nothing' }
      break
    case 'ticket-opened':
    case 'ticket-failed':
      if (!ticketAnswered(draft, event)) return late(run, draft, event)
      break
    case 'attempt-succeeded':
    case 'attempt-failed':
      // Keeping a late answer must not disturb anybody: the run itself stays as it is.
      if (!attemptAnswered(draft, event)) return late(run, draft, event)
      break
    case 'tries-failing':
      if (!failsNow(draft, event)) return { kind: 'nothing' }
      break
    case 'attempt-ended':
      return { kind: 'nothing' }
    case 'child-ended':
      if (!childEnded(draft, event)) return { kind: 'nothing' }
      advance(draft)
      break
    case 'attempt-lost':
      if (!isLost(draft, event)) return { kind: 'nothing' }
      break
  }
  return { kind: 'change', change: draft.finish() }
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
function holdMoved(draft: Draft, event: EventOf<'incident' | 'released' | 'hold-opened'>): boolean {
  if (event.kind === 'hold-opened') {
    if (!holdBackingOff(draft)) return false
  } else if (event.kind === 'incident' ? !joinIncident(draft, event.hold) : !concerns(draft.run, event.hold))
    return false
  if (event.kind === 'released') goOn(draft, event)
  else advance(draft)
  return true
}

function goOn(draft: Draft, event: EventOf<'released'>): void {
  for (const step of letGo(draft, event)) goOnWith(draft, step)
  advance(draft)
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

type LateEvent = EventOf<'attempt-succeeded' | 'attempt-failed' | 'ticket-opened' | 'ticket-failed'>

function late(run: Run, draft: Draft, event: LateEvent): Transition {
  const isKept = lateAnswer(draft, event)
  return { kind: 'change', change: isKept ? draft.finish() : { ...draft.finish(), run } }
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
  if (isDue(draft.run.paused?.until, now)) {
    resumeRun(draft, { by: ENGINE, reason: null })
    return true
  }
  if (movedSome) advance(draft)
  else if (woke) draft.run.status = runStatus(draft.run)
  return woke || draft.run.steps !== before
}

const isDue = (at: number | null | undefined, now: number): boolean => Boolean(at) && now >= Number(at)

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
