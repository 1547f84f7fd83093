import type { Actor } from '../domain/actor.ts'
import { rememberAnswer } from '../domain/earlier.ts'
import type { EntryId } from '../domain/ids.ts'
import { Proposable } from '../domain/proposal.ts'
import { cancel } from './apply-cancel.ts'
import { closeDebt, handOverDebt } from './close-debt.ts'
import { decideStep } from './decide-step.ts'
import type { DecisionRequest } from './decisions.ts'
import { type Draft, draftChange } from './draft-change.ts'
import type { FreshRun, Transition } from './events.ts'
import { goOnByTodaysRules } from './hold-back.ts'
import { pauseRun, resumeRun } from './pause-run.ts'
import { needsSecond, proposalToConfirm, propose, SECOND_PERSON, takeUp, withdraw } from './propose-decision.ts'
import { refused } from './record-decision.ts'
import { restartRun } from './restart-run.ts'

/** A decision, who made it, and what a restart needs besides. */
export interface Decided {
  decision: DecisionRequest
  actor: Actor
  next?: FreshRun | undefined
  /** It comes of a decision for which the rules were asked already. */
  follows?: true | undefined
}

/**
 * Applies a person's decision to the draft, or says why it cannot be. Where the rules ask for a second person it becomes
 * a proposal.
 */
export function applyDecision(draft: Draft, decided: Decided): Transition | null {
  const { decision, actor } = decided
  if (decision.kind === 'withdraw') return withdraw(draft, decision.proposal, actor)
  if (decision.kind === 'confirm') return confirm(draft, decided, decision.proposal)
  const made = { ...decided, decision }
  const proposable = Proposable.safeParse(decision)
  if (!proposable.success || decided.follows || !needsSecond(draft, proposable.data)) return carryOut(draft, made)
  if (decision.kind === 'retry' && decision.bulk) {
    return refused(SECOND_PERSON, 'The rules ask for a second person here.', 'Retry it on its card; somebody confirms.')
  }
  // What could not be carried out is not proposed either.
  const tried = draftChange(draft.before, draft.context)
  return carryOut(tried, made) ?? propose(draft, proposable.data, actor)
}

/** Carries out what somebody else has proposed; both are named. */
function confirm(draft: Draft, decided: Decided, id: EntryId): Transition | null {
  const proposal = proposalToConfirm(draft, id, decided.actor)
  if ('kind' in proposal) return proposal
  draft.confirmedBy = decided.actor
  takeUp(draft, proposal)
  rememberAnswer(draft.run, proposal, { kind: 'confirm', by: decided.actor, at: draft.context.now })
  return carryOut(draft, { ...decided, decision: proposal.decision, actor: proposal.by })
}

type Made = Decided & { decision: Exclude<DecisionRequest, { kind: 'confirm' | 'withdraw' }> }

function carryOut(draft: Draft, decided: Made): Transition | null {
  const { actor, decision } = decided
  switch (decision.kind) {
    case 'cancel':
      return cancel(draft, decision, actor)
    case 'restart':
      return restartRun(draft, { ...decided, decision }, actor)
    case 'use-rules':
      return goOnByTodaysRules(draft, actor)
    case 'close-debt':
      return closeDebt(draft, decision, actor)
    case 'hand-over-debt':
      return handOverDebt(draft, decision, actor)
    case 'pause':
      return pauseRun(draft, decision, actor)
    case 'resume':
      return resumeRun(draft, { by: actor, reason: decision.reason })
    default:
      return decideStep(draft, decision, actor)
  }
}
