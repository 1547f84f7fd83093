import type { Actor } from '../domain/actor.ts'
import { rememberAnswer, whoAnswered } from '../domain/earlier.ts'
import type { EntryId } from '../domain/ids.ts'
import { type Proposable, type Proposal, proposedStep, type Seconded, secondedBy } from '../domain/proposal.ts'
import type { Run } from '../domain/run.ts'
import { stepName } from '../domain/step-key.ts'
import type { Rules } from '../rules/rules.ts'
import { type Draft, ENGINE } from './draft-change.ts'
import type { Transition } from './events.ts'
import { enterDecision, refused } from './record-decision.ts'

/** Why a bulk retry leaves a step alone: proposals are made one by one, by somebody who has looked. */
export const SECOND_PERSON = 'second-person'

/** Whether the rules of the run ask for a second person before this is done. */
export const needsSecond = ({ run, context: { rules } }: Draft, decision: Proposable): boolean =>
  asksForSecond(run, rules, {
    decision: secondedBy(decision),
    step: 'step' in decision ? stepName(decision.step) : null,
  })

/** Whether rules ask for a second person before this is done to a run, or to what ends with it. */
export function asksForSecond(
  run: Run,
  rules: Pick<Rules, 'needsSecond'>,
  { decision, step }: { decision: Seconded; step: string | null },
): boolean {
  if (rules.needsSecond(decision, { workflow: run.workflow, step })) return true
  if (decision !== 'cancel' && decision !== 'restart') return false
  // Whoever ends a run cancels those that its steps have begun.
  return run.steps.some(
    ({ status, wait }) =>
      status === 'waiting' &&
      wait?.kind === 'run' &&
      rules.needsSecond('cancel', { workflow: wait.workflow, step: null }),
  )
}

/** Keeps what somebody would do until somebody else confirms it; one proposal at a time for a step, or for the run. */
export function propose(draft: Draft, decision: Proposable, actor: Actor): Transition | null {
  const { run, context } = draft
  const other = proposalsOf(run).find((each) => proposedStep(each) === stepIn(decision))
  if (other) {
    return refused(
      'proposed-already',
      `There is a proposal already: ${other.decision.kind}.`,
      'Confirm or withdraw it on the card first.',
    )
  }
  const expiresAt = context.now + context.rules.proposalMs
  const made = enterDecision(
    draft,
    actor,
    {
      kind: 'propose',
      reason: 'reason' in decision ? decision.reason : null,
      facts: { proposed: secondedBy(decision), expiresAt },
      body: { decision },
    },
    'step' in decision ? { step: decision.step } : {},
  )
  const proposal: Proposal = { id: made.entry, by: actor, at: context.now, expiresAt, decision }
  run.proposals = [...proposalsOf(run), proposal]
  draft.tell({ kind: 'propose', step: stepIn(decision), by: actor, text: decision.kind })
  mark(draft, proposal)
  return null
}

const proposalsOf = (run: Run): readonly Proposal[] => run.proposals ?? []

const stepIn = (decision: Proposable) => ('step' in decision ? decision.step : null)

/** The proposal that somebody would confirm, if it still stands and is not their own. */
export function proposalToConfirm(draft: Draft, id: EntryId, actor: Actor): Proposal | Transition {
  const proposal = proposalsOf(draft.run).find((each) => each.id === id)
  if (!proposal) return gone(draft, id)
  if (draft.context.now >= proposal.expiresAt) {
    return refused(
      'proposal-expired',
      'This proposal has expired.',
      'Propose it again; somebody else then confirms it.',
    )
  }
  if (isSame(proposal.by, actor)) {
    return refused(
      'own-proposal',
      'You proposed this yourself: the rules ask for a second person.',
      'Ask somebody else who may decide it to confirm it on the card.',
    )
  }
  return proposal
}

const isSame = (one: Actor, other: Actor): boolean => JSON.stringify(one) === JSON.stringify(other)

const gone = ({ run }: Draft, id: EntryId): Transition => ({
  kind: 'too-late',
  by: whoAnswered(run, id),
  status: run.status,
})

/** What is confirmed stands no longer as a proposal. */
export function takeUp(draft: Draft, proposal: Proposal): void {
  draft.run.proposals = proposalsOf(draft.run).filter(({ id }) => id !== proposal.id)
  mark(draft, proposal)
}

export function withdraw(draft: Draft, id: EntryId, actor: Actor): Transition | null {
  const proposal = proposalsOf(draft.run).find((each) => each.id === id)
  if (!proposal) return gone(draft, id)
  const step = proposedStep(proposal)
  const facts = { proposed: secondedBy(proposal.decision) }
  enterDecision(draft, actor, { kind: 'withdraw', reason: null, facts }, step ? { step } : {})
  draft.tell({ kind: 'withdraw', step, by: actor, text: proposal.decision.kind })
  rememberAnswer(draft.run, proposal, { kind: 'withdraw', by: actor, at: draft.context.now })
  takeUp(draft, proposal)
  return null
}

/** Lets proposals go that nobody confirmed in time; true when there were some. */
export function expireProposals(draft: Draft): boolean {
  const { now } = draft.context
  const expired = proposalsOf(draft.run).filter(({ expiresAt }) => now >= expiresAt)
  for (const proposal of expired) {
    const step = proposedStep(proposal)
    const facts = { proposed: secondedBy(proposal.decision) }
    draft.entry({ kind: 'proposal.expired', ...(step ? { step } : {}), facts })
    draft.tell({ kind: 'expired', step, by: ENGINE, text: proposal.decision.kind })
    takeUp(draft, proposal)
  }
  return expired.length > 0
}

function mark(draft: Draft, proposal: Proposal): void {
  const step = proposedStep(proposal)
  if (step) draft.markStep(step)
  draft.markRun(true)
}
