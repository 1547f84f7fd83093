import type { Run, Step } from '../domain/run.ts'
import { ended, settled } from '../domain/run.ts'
import { dueTimes } from '../domain/wait.ts'
import { advance, startAttempt } from './advance.ts'
import { attemptFailed, attemptLost, attemptSucceeded, heldBy, lateAnswer, triesFailing } from './apply-attempt.ts'
import { endedAfterCancel } from './apply-cancel.ts'
import { applyDecision } from './apply-decision.ts'
import { ticketAnswered, ticketLost } from './apply-ticket.ts'
import { type Draft, draftChange, ENGINE } from './draft-change.ts'
import type { RunEvent, Transition, TransitionContext } from './events.ts'
import { childEnded } from './open-subflow.ts'
import { wakeWait } from './wake-wait.ts'

/** What an event brings about in a run; pure: the same run, event and context give the same change. */
export function transition(run: Run, event: RunEvent, context: TransitionContext): Transition {
  const draft = draftChange(run, context)
  if (endedAfterCancel(draft, event)) return { kind: 'change', change: draft.finish() }
  switch (event.kind) {
    case 'begun':
      draft.entry({
        kind: 'run.started',
        by: run.startedBy,
        facts: { workflow: run.workflow, definition: run.definition, rules: run.rules },
        body: { input: run.input },
      })
      draft.tell({ kind: 'started', step: null, by: run.startedBy, text: null })
      advance(draft)
      break
    case 'decided': {
      const refused = applyDecision(draft, event.decision, event.actor)
      if (refused) return refused
      break
    }
    case 'woken':
      if (ended(run) || !wake(draft)) return { kind: 'nothing' }
      break
    case 'ticket-opened':
    case 'ticket-failed':
      if (!ticketAnswered(draft, event)) return late(run, draft, event)
      break
    case 'attempt-succeeded':
    case 'attempt-failed': {
      const step = heldBy(draft, event)
      // Keeping a late answer must not disturb anybody: the run itself stays as it is.
      if (!step) return late(run, draft, event)
      if (event.kind === 'attempt-succeeded') attemptSucceeded(draft, step, event)
      else attemptFailed(draft, step, event)
      break
    }
    case 'tries-failing': {
      const step = heldBy(draft, event)
      if (!step || step.failing) return { kind: 'nothing' }
      triesFailing(draft, step, event)
      break
    }
    case 'attempt-ended':
      return { kind: 'nothing' }
    case 'child-ended':
      if (!childEnded(draft, event)) return { kind: 'nothing' }
      advance(draft)
      break
    case 'attempt-lost': {
      const step = heldBy(draft, event)
      if (step) attemptLost(draft, step)
      else if (!ticketLost(draft, event)) return { kind: 'nothing' }
      break
    }
  }
  return { kind: 'change', change: draft.finish() }
}

function late(
  run: Run,
  draft: Draft,
  event: Extract<RunEvent, { kind: 'attempt-succeeded' | 'attempt-failed' | 'ticket-opened' | 'ticket-failed' }>,
): Transition {
  const isKept = lateAnswer(draft, event)
  return { kind: 'change', change: isKept ? draft.finish() : { ...draft.finish(), run } }
}

/** Does what has become due: resumes what has waited long enough, reminds people, and asks for the cards of what has failed for long enough. */
function wake(draft: Draft): boolean {
  const { now } = draft.context
  let woke = false
  let settledSome = false
  for (const step of draft.run.steps) {
    const since = alertDueSince(step)
    if (since !== null && now >= since + policyOf(draft, step).alertAfterMs) {
      draft.put({ ...step, alerted: true })
      draft.tell({ kind: 'step-failing', step: step.key, by: ENGINE, text: failureText(step) })
      draft.markFailure(step.key)
      draft.markRun(false)
      woke = true
    }
    if (wakeWait(draft, step)) {
      settledSome ||= settled(draft.step(step.key))
      woke = true
    }
    // An item waits until it is its turn too.
    if (step.item && step.status === 'backing-off' && now >= step.resumeAt) settledSome = true
    else if (step.status === 'backing-off' && now >= step.resumeAt) {
      startAttempt(draft, step.key, { earlierCalls: true })
      draft.markRun(false)
      if (draft.step(step.key).alerted) draft.markFailure(step.key)
      woke = true
    }
  }
  const before = draft.run.steps
  if (settledSome) advance(draft)
  return woke || draft.run.steps !== before
}

const policyOf = (draft: Draft, step: Step) => draft.context.rules.policy(draft.context.definition.name, step.key)

const failureText = (step: Step): string | null =>
  'failing' in step && step.failing ? step.failing.failure.message : null

/** Since when a step has been failing without a card, in milliseconds since 1970. */
function alertDueSince(step: Step): number | null {
  if (step.alerted || (step.status !== 'running' && step.status !== 'backing-off')) return null
  return step.failing?.since ?? null
}

/** When the run next wants to be woken, in milliseconds since 1970. */
export function wakeAt(run: Run, context: Pick<TransitionContext, 'definition' | 'rules'>): number | null {
  let earliest: number | null = null
  const consider = (at: number): void => {
    if (earliest === null || at < earliest) earliest = at
  }
  for (const step of run.steps) {
    if (step.status === 'backing-off') consider(step.resumeAt)
    if (step.status === 'waiting' && step.wait) dueTimes(step.wait).forEach(consider)
    const since = alertDueSince(step)
    if (since !== null) consider(since + context.rules.policy(context.definition.name, step.key).alertAfterMs)
  }
  return earliest
}
