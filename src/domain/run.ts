import { z } from 'zod'
import { Actor } from './actor.ts'
import { CallSummary } from './call-summary.ts'
import { ChangedValue } from './changed-value.ts'
import { Debt } from './debt.ts'
import { DecisionKind } from './decision-kind.ts'
import { Earlier } from './earlier.ts'
import { HeldBack } from './held-back.ts'
import { HistoryLine } from './history-line.ts'
import { AttemptId, BulkId, EntryId, HoldId, RunId, StepKey, SubjectId, TeamId, UserId } from './ids.ts'
import { Proposal } from './proposal.ts'
import { RunPause } from './run-pause.ts'
import { isOpen, RunStatus } from './run-status.ts'
import { stepName } from './step-key.ts'
import { Time } from './time.ts'
import { Wait } from './wait.ts'

/** Why a step does not get on, in words for people and codes for machines. */
export const StepFailure = z.object({
  consequence: z.enum(['retry', 'permanent', 'unknown', 'person', 'mistake']),
  code: z.string(),
  /** What happened. */
  message: z.string(),
  /** What mends it. */
  hint: z.string(),
  service: z.string().nullable(),
  operation: z.string().nullable(),
  /** HTTP status of the last answer, where there was one. */
  status: z.int().nullable(),
  /** Of an open outcome: the call's name in its step, and the generation of its key. */
  call: z.string().optional(),
  generation: z.int().nonnegative().optional(),
})
export type StepFailure = z.infer<typeof StepFailure>

/** What a person decided about a step or a run. */
export const Decision = z.object({
  kind: DecisionKind,
  by: Actor,
  at: Time,
  reason: z.string().nullable(),
  /** To whom it was handed over. */
  to: Actor.optional(),
  /** In whose place it was decided, while they were away. */
  for: UserId.optional(),
  /** The second person, where one was needed: `by` had proposed it. */
  confirmedBy: Actor.optional(),
  /** What was changed of the run's input. */
  changes: z.array(ChangedValue).optional(),
  /** The bulk retry that it was a part of. */
  bulk: BulkId.optional(),
  entry: EntryId,
})
export type Decision = z.infer<typeof Decision>

/** A ticket with the whole context, asked for by a person or by the policy's end. */
export const Escalation = z.discriminatedUnion('status', [
  z.object({ status: z.literal('opening'), by: Actor, at: Time, reason: z.string(), attempt: AttemptId }),
  z.object({
    status: z.literal('open'),
    by: Actor,
    at: Time,
    reason: z.string(),
    ticket: z.object({ key: z.string(), url: z.string() }),
  }),
  z.object({ status: z.literal('failed'), by: Actor, at: Time, reason: z.string(), failure: StepFailure }),
])
export type Escalation = z.infer<typeof Escalation>

/** Whose a step is: who took it over, and until when. */
const Owner = z.object({ by: Actor, since: Time, until: Time })

/** Since when tries have been failing, and why; ends when one succeeds. `incident`: the one whose card tells of it. */
const Failing = z.object({ since: Time, failure: StepFailure, incident: HoldId.optional() })

/** One of the list of an `each`, as it was when the list was frozen. */
export const Item = z.object({
  /** What identifies it in the world: `jane@acme.example`. */
  key: z.string(),
  /** What people call it. */
  label: z.string(),
  value: z.unknown().optional(),
})
export type Item = z.infer<typeof Item>

const stepBase = {
  key: StepKey,
  /** Raised by every change of the step; buttons carry it, so that a stale one is noticed. */
  version: z.int(),
  /** How often a person found a call's effect absent, by the call's name in the step; part of that call's key. */
  generations: z.record(z.string(), z.int()),
  /** Attempts so far. */
  attempts: z.int(),
  /** Attempts since a person last decided; the back-off counts these. */
  attemptsInRow: z.int(),
  calls: z.array(CallSummary),
  decisions: z.array(Decision),
  escalation: Escalation.nullable(),
  /** Whether its failure card has been asked for: it then stays and says how things ended. */
  alerted: z.boolean(),
  /** What it waits for, or waited for; null for a step that calls services, and before its time. */
  wait: Wait.nullable().default(null),
  /** Inside `each`: what this one is about. */
  item: Item.optional(),
  /** What it came to after all, when nobody waited for it any more. */
  late: z.object({ at: Time, output: z.unknown().optional() }).optional(),
  owner: Owner.nullish(),
}

export const Step = z.discriminatedUnion('status', [
  z.object({ ...stepBase, status: z.literal('pending') }),
  z.object({
    ...stepBase,
    status: z.literal('running'),
    attempt: AttemptId,
    startedAt: Time,
    failing: Failing.nullable(),
  }),
  z.object({ ...stepBase, status: z.literal('backing-off'), resumeAt: Time, failing: Failing }),
  /** It would go on, and may not: `hold` says by what; null is its own run's pause. */
  z.object({
    ...stepBase,
    status: z.literal('held'),
    hold: HoldId.nullable(),
    why: z.enum(['pause', 'incident', 'brake']),
    since: Time,
    failing: Failing.nullable(),
    /** Of a step that backed off: it is not tried again before, also when it is let go on earlier. */
    resumeAt: Time.optional(),
  }),
  /** For people or for a time, as its `wait` says. */
  z.object({ ...stepBase, status: z.literal('waiting'), startedAt: Time }),
  z.object({ ...stepBase, status: z.literal('failed'), at: Time, failing: Failing }),
  z.object({ ...stepBase, status: z.literal('unknown'), at: Time, failing: Failing }),
  z.object({
    ...stepBase,
    status: z.literal('succeeded'),
    startedAt: Time,
    at: Time,
    /** Absent where a step has none: JSON knows no `undefined`. */
    output: z.unknown().optional(),
    /** Who said that it is done, when it was not a machine's answer. */
    markedBy: Actor.nullable(),
    /** Fields of the run's input that it looked at; absent: not known. */
    used: z.array(z.string()).optional(),
  }),
  z.object({ ...stepBase, status: z.literal('skipped'), at: Time, by: Actor, reason: z.string() }),
  /** An approval that was refused; what comes behind it is not needed. */
  z.object({ ...stepBase, status: z.literal('refused'), at: Time, by: Actor, reason: z.string() }),
  z.object({
    ...stepBase,
    status: z.literal('not-needed'),
    at: Time,
    /** The step whose result is missing or that was refused, or `rule` when its own condition said no. */
    because: z.union([StepKey, z.literal('rule')]),
  }),
  z.object({
    ...stepBase,
    status: z.literal('cancelled'),
    at: Time,
    /** The attempt that was under way, until it is known what it came to. */
    attempt: AttemptId.optional(),
    /** The process that carried that attempt out is gone: nobody knows what it did. */
    lost: z.literal(true).optional(),
  }),
])
export type Step = z.infer<typeof Step>
export type StepStatus = Step['status']
export type StepIn<S extends StepStatus> = Extract<Step, { status: S }>

/** One execution of a workflow about one subject. */
export const Run = z.object({
  id: RunId,
  team: TeamId,
  workflow: z.string(),
  /** Version of the definition that it goes by: that of its start, until a deploy brings another that it fits. */
  definition: z.int(),
  /** Digest of that definition's graph and schemas. */
  shape: z.string().optional(),
  /** Version of the rules that decide in it. */
  rules: z.int(),
  subject: z.object({ id: SubjectId, key: z.string(), label: z.string() }),
  input: z.unknown(),
  status: RunStatus,
  /** Raised by every change; guards the commit. */
  version: z.int(),
  steps: z.array(Step),
  startedAt: Time,
  startedBy: Actor,
  /** Who else asked for it: who started the run that this one began anew, and who changed what was entered. */
  alsoBy: z.array(Actor).optional(),
  endedAt: Time.nullable(),
  /** Since when it has waited to begin: too much was to be done when it was started. */
  inLine: Time.optional(),
  paused: RunPause.nullish(),
  debts: z.array(Debt),
  history: z.array(HistoryLine),
  /** The step of another run that began this one and waits for it. */
  parent: z.object({ run: RunId, step: StepKey, workflow: z.string(), title: z.string() }).optional(),
  /** That somebody cancelled it; it ends when what `undo` asks for is undone. */
  cancelled: z.object({ by: Actor, at: Time, reason: z.string(), undo: z.boolean() }).optional(),
  /** Whether its input, rules or definition changed on the way: requests from before may have been others. */
  revised: z.boolean().optional(),
  /** Decisions that wait for a second person. */
  proposals: z.array(Proposal).optional(),
  /** Of proposals that stand no longer: who was first to answer. */
  answered: z.array(z.object({ proposal: EntryId, first: Earlier })).optional(),
  heldBack: HeldBack.nullish(),
  /** The run that this one began anew, and the one that began this one anew. */
  restartOf: RunId.optional(),
  restartedAs: RunId.optional(),
})
export type Run = z.infer<typeof Run>

export const settled = (step: Step): boolean =>
  step.status === 'succeeded' ||
  step.status === 'skipped' ||
  step.status === 'refused' ||
  step.status === 'not-needed' ||
  step.status === 'cancelled'

export const ended = (run: Run): boolean => !isOpen(run)

/** Steps that have stopped until a person decides. */
export const isBlocking = (step: Step): step is StepIn<'failed' | 'unknown'> =>
  step.status === 'failed' || step.status === 'unknown'

export const stepOf = (run: Run, key: StepKey): Step | undefined => run.steps.find((step) => step.key === key)

/** The items of an `each`, in the order of its list. */
export const itemsOf = (run: Run, name: StepKey): Step[] =>
  run.steps.filter(({ key, item }) => item !== undefined && stepName(key) === name)

/** What is still owed; nothing of a run that was given up. */
export const openDebts = (run: Run): Debt[] =>
  run.status === 'cancelled' || run.status === 'refused' ? [] : run.debts.filter(({ closed }) => !closed)

/** Steps whose card asks people for an answer, or did. */
export const asksPeople = (step: Step): boolean => step.wait?.kind === 'approval' || step.wait?.kind === 'task'
