import type { Actor } from '../domain/actor.ts'
import { actorText } from '../domain/actor.ts'
import { asksPeople, type DecisionKind, type Step } from '../domain/run.ts'
import type { Draft } from './draft-change.ts'
import type { Transition } from './events.ts'

interface Recorded {
  kind: Exclude<DecisionKind, 'cancel'>
  reason: string | null
  /** To whom it was handed over. */
  to?: Actor
  facts?: Record<string, string | number | boolean>
  body?: Record<string, unknown>
}

/** Enters the decision in the ledger and on the step, and has its card drawn at once. */
export function recordDecision(draft: Draft, step: Step, actor: Actor, decided: Recorded): Step {
  const { kind, reason, to, facts, body } = decided
  const entry = draft.entry({
    kind: `decision.${kind}`,
    by: actor,
    step: step.key,
    facts: { ...facts, from: step.status, ...(to ? { to: actorText(to) } : {}) },
    body: { reason, ...body },
  })
  draft.markStep(step.key)
  const made = { kind, by: actor, at: draft.context.now, reason, entry, ...(to ? { to } : {}) }
  return { ...step, alerted: step.alerted || !asksPeople(step), decisions: [...step.decisions, made] }
}

/** Somebody was first, or the step has gone on. */
export const tooLate = (step: Step): Transition => ({
  kind: 'too-late',
  by: step.decisions.at(-1) ?? null,
  status: step.status,
})

export function refused(code: string, message: string, hint: string): Transition {
  return { kind: 'refused', code, message, hint }
}
