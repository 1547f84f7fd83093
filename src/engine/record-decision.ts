import type { Actor } from '../domain/actor.ts'
import { actorText } from '../domain/actor.ts'
import type { ChangedValue } from '../domain/changed-value.ts'
import type { DecisionKind } from '../domain/decision-kind.ts'
import { lastOn } from '../domain/earlier.ts'
import type { EntryDraft } from '../domain/entry.ts'
import type { BulkId, UserId } from '../domain/ids.ts'
import { asksPeople, type Decision, type Step } from '../domain/run.ts'
import type { Draft } from './draft-change.ts'
import type { Transition } from './events.ts'

interface Recorded {
  kind: DecisionKind
  reason: string | null
  /** To whom it was handed over. */
  to?: Actor
  /** In whose place. */
  for?: UserId | undefined
  changes?: readonly ChangedValue[]
  bulk?: BulkId | undefined
  facts?: Record<string, string | number | boolean>
  body?: Record<string, unknown>
}

/** Enters the decision in the ledger and on the step, and has its card drawn at once. */
export function recordDecision(draft: Draft, step: Step, actor: Actor, decided: Recorded): Step {
  const facts = { ...decided.facts, from: step.status }
  const made = enterDecision(draft, actor, { ...decided, facts }, { step: step.key })
  draft.markStep(step.key)
  return { ...step, alerted: step.alerted || !asksPeople(step), decisions: [...step.decisions, made] }
}

/** Enters a decision in the ledger; where a second person was needed, theirs is the act, and both are named. */
export function enterDecision(
  draft: Draft,
  actor: Actor,
  decided: Recorded,
  about: Pick<EntryDraft, 'step'> = {},
): Decision {
  const { kind, reason, to, for: of, changes, bulk, facts, body } = decided
  const second = draft.confirmedBy
  const entry = draft.entry({
    kind: `decision.${kind}`,
    by: second ?? actor,
    ...about,
    facts: {
      ...facts,
      ...(to ? { to: actorText(to) } : {}),
      ...(of ? { for: of } : {}),
      ...(bulk ? { bulk } : {}),
      ...(second ? { proposedBy: actorText(actor) } : {}),
    },
    body: { reason, ...body },
  })
  return {
    kind,
    by: actor,
    at: draft.context.now,
    reason,
    entry,
    ...(to ? { to } : {}),
    ...(of ? { for: of } : {}),
    ...(second ? { confirmedBy: second } : {}),
    ...(changes ? { changes: [...changes] } : {}),
    ...(bulk ? { bulk } : {}),
  }
}

/** Somebody was first, or the step has gone on. */
export const tooLate = (step: Step): Transition => ({
  kind: 'too-late',
  by: lastOn(step),
  status: step.status,
})

export function refused(code: string, message: string, hint: string): Transition {
  return { kind: 'refused', code, message, hint }
}
