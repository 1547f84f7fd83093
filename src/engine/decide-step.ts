import type { Actor } from '../domain/actor.ts'
import { type Step, type StepStatus, stepOf } from '../domain/run.ts'
import { advance, begin } from './advance.ts'
import { applyAnswer } from './apply-answer.ts'
import { requestTicket } from './apply-ticket.ts'
import { firstReminder } from './close-debt.ts'
import type { DecisionRequest, RequestOf } from './decisions.ts'
import { definitionOf } from './definition-of.ts'
import { carried, type Draft } from './draft-change.ts'
import { editInput } from './edit-input.ts'
import type { Transition } from './events.ts'
import { UNDECIDED } from './plan.ts'
import { recordDecision, refused, tooLate } from './record-decision.ts'
import { takeOver } from './take-over.ts'
import { takeTodaysRules } from './take-todays-rules.ts'

const DAY_MS = 86_400_000

type OfStep = Extract<DecisionRequest, { stepVersion: number }>
/** Decisions about a step that does not get on; the others answer what it asks. */
type StepDecision = Exclude<OfStep, { as: unknown }>

/** In which states of a step each decision makes sense; answers count as long as it waits for them. */
const OPEN_TO: Record<StepDecision['kind'], readonly StepStatus[]> = {
  retry: ['failed', 'unknown', 'backing-off'],
  // Not while an outcome is open: whether it was done with the old values is settled first.
  edit: ['failed', 'backing-off'],
  'take-over': ['failed', 'unknown', 'backing-off'],
  'mark-done': ['failed', 'unknown', 'backing-off', 'held'],
  // Also while tries go on: an answer that comes later is kept, and changes nothing.
  skip: ['failed', 'unknown', 'backing-off', 'running', 'held'],
  escalate: ['failed', 'unknown', 'backing-off', 'running', 'held'],
}

/** Decides about one step, or says why not; one of two at the same time wins. */
export function decideStep(draft: Draft, decision: OfStep, actor: Actor): Transition | null {
  const step = stepOf(draft.run, decision.step)
  if (!step) return refused('no-such-step', 'This run has no such step.', 'Open the run again with /process.')
  if (step.version !== decision.stepVersion) return tooLate(step)
  if ('as' in decision) {
    return step.status === 'waiting' ? applyAnswer(draft, step, { decision, actor }) : tooLate(step)
  }
  if (!isOpenTo(step, decision.kind)) return tooLate(step)
  if (isApproval(draft, step) && (decision.kind === 'skip' || decision.kind === 'mark-done')) {
    return refused(
      'approval-needed',
      'An approval is not passed over: those who are asked give or refuse it.',
      'Put right what keeps it from being asked and retry, or cancel the run.',
    )
  }

  switch (decision.kind) {
    case 'retry':
      return retry(draft, step, decision, actor)
    case 'skip':
      return skip(draft, step, decision, actor)
    case 'mark-done':
      return markDone(draft, step, decision, actor)
    case 'escalate':
      return escalate(draft, step, decision, actor)
    case 'edit':
      return editInput(draft, step, decision, actor)
    case 'take-over':
      return takeOver(draft, step, actor)
  }
}

/** A task may also be skipped while it waits, and of an event people may know more; an approval is answered. */
function isOpenTo(step: Step, kind: StepDecision['kind']): boolean {
  if (OPEN_TO[kind].includes(step.status)) return true
  if (step.status !== 'waiting') return false
  if (step.wait?.kind === 'event') return kind === 'skip' || kind === 'mark-done' || kind === 'escalate'
  return kind === 'skip' && step.wait?.kind === 'task'
}

const isApproval = ({ context }: Draft, { key }: Step): boolean =>
  definitionOf(context.definition, key)?.kind === 'approval'

function retry(draft: Draft, step: Step, decision: RequestOf<'retry'>, actor: Actor): null {
  const byTodays = decision.rules === 'today' && takeTodaysRules(draft)
  const decided = recordDecision(draft, step, actor, {
    kind: 'retry',
    reason: null,
    bulk: decision.bulk,
    facts: { provenAbsent: decision.provenAbsent, rules: draft.run.rules },
  })
  const generations = decision.provenAbsent ? withNext(step) : step.generations
  if (step.item || (step.status === 'failed' && step.failing.failure.code === UNDECIDED)) {
    // Whether it is needed is asked again; an item waits for its turn.
    draft.put({ ...carried(decided), generations, attemptsInRow: 0, status: 'pending' })
  } else {
    draft.put({ ...decided, generations, attemptsInRow: 0 })
    begin(draft, step.key, { earlierCalls: true })
  }
  const rules = byTodays ? `by today’s rules (version ${draft.run.rules}) from here on` : null
  const how = decision.provenAbsent ? 'It is not there.' : rules
  draft.tell({ kind: 'retry', step: step.key, by: actor, text: how })
  advance(draft)
  return null
}

/** A new key for the call whose effect is absent. The others keep theirs: under it they have done their work. */
function withNext({ generations, ...step }: Step): Record<string, number> {
  const failure = step.status === 'unknown' ? step.failing.failure : null
  if (failure?.call === undefined) return generations
  const open = Math.max(generations[failure.call] ?? 0, failure.generation ?? 0)
  return { ...generations, [failure.call]: open + 1 }
}

function skip(draft: Draft, step: Step, decision: RequestOf<'skip'>, actor: Actor): null {
  const { now, rules } = draft.context
  const decided = recordDecision(draft, step, actor, { kind: 'skip', reason: decision.reason })
  if (step.status === 'running') draft.hand({ kind: 'abandon', attempt: step.attempt })
  draft.put({ ...carried(decided), status: 'skipped', at: now, by: actor, reason: decision.reason })
  const due = now + rules.debtDueDays * DAY_MS
  const debt = { step: step.key, owner: actor, due, reason: decision.reason, remindAt: firstReminder(due, now) }
  draft.run.debts = [...draft.run.debts, debt]
  draft.tell({ kind: 'skip', step: step.key, by: actor, text: decision.reason })
  advance(draft)
  return null
}

function markDone(draft: Draft, step: Step, decision: RequestOf<'mark-done'>, actor: Actor): Transition | null {
  const definition = definitionOf(draft.context.definition, step.key)
  const output = definition?.output.safeParse(decision.output)
  if (!output?.success) {
    const issue = output?.error.issues[0]
    return refused(
      'output-incomplete',
      `The later steps need the result of this one: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim(),
      'Fill in what was found, or skip the step.',
    )
  }
  const { now } = draft.context
  const decided = recordDecision(draft, step, actor, {
    kind: 'mark-done',
    reason: decision.reason,
    body: { output: output.data },
  })
  const startedAt = 'startedAt' in step ? step.startedAt : 'failing' in step && step.failing ? step.failing.since : now
  draft.put({ ...carried(decided), status: 'succeeded', startedAt, at: now, output: output.data, markedBy: actor })
  draft.tell({ kind: 'mark-done', step: step.key, by: actor, text: decision.reason })
  advance(draft)
  return null
}

function escalate(draft: Draft, step: Step, decision: RequestOf<'escalate'>, actor: Actor): Transition | null {
  if (step.escalation && step.escalation.status !== 'failed') return tooLate(step)
  const decided = recordDecision(draft, step, actor, { kind: 'escalate', reason: decision.reason })
  draft.put({ ...decided, version: step.version })
  requestTicket(draft, step.key, actor, decision.reason)
  draft.markRun(false)
  return null
}
