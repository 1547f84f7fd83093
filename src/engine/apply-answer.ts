import type { Actor } from '../domain/actor.ts'
import type { UserId } from '../domain/ids.ts'
import type { StepIn } from '../domain/run.ts'
import {
  type Answerer,
  approvalsIn,
  approverStanding,
  assigneeStanding,
  type Standing,
  speaksFor,
} from '../domain/standing.ts'
import type { ApprovalWait, Asked, TaskWait } from '../domain/wait.ts'
import { advance } from './advance.ts'
import type { DecisionRequest } from './decisions.ts'
import { definitionOf } from './definition-of.ts'
import { carried, type Draft } from './draft-change.ts'
import type { Transition } from './events.ts'
import { recordDecision, refused, tooLate } from './record-decision.ts'

/** What people answer who are asked. */
export type AnswerRequest = Extract<DecisionRequest, { as: unknown }>
type Of<K extends AnswerRequest['kind']> = Extract<AnswerRequest, { kind: K }>
type Waiting<W> = Omit<StepIn<'waiting'>, 'wait'> & { wait: W }

/** Applies an answer to the step that asks for it, or says why it does not count. */
export function applyAnswer(
  draft: Draft,
  step: StepIn<'waiting'>,
  { decision, actor }: { decision: AnswerRequest; actor: Actor },
): Transition | null {
  const { wait } = step
  if (actor.kind !== 'person') return notAsked()
  const who: Answerer = { actor, ...decision.as }
  switch (decision.kind) {
    case 'approve':
    case 'refuse':
    case 'delegate': {
      if (wait?.kind !== 'approval') return tooLate(step)
      const standing = approverStanding({ run: draft.run, step, wait }, who)
      // Where too few are left, whoever may escalate names one more.
      if (decision.kind === 'delegate' && standing === 'not-asked' && decision.entitled && wait.short) {
        return delegate(draft, { ...step, wait }, { decision, actor, place: undefined })
      }
      if (standing !== 'may') return REFUSALS[standing]()
      if (decision.kind === 'approve') return approve(draft, { ...step, wait }, who)
      if (decision.kind === 'refuse') return refuse(draft, step, { decision, actor })
      return delegate(draft, { ...step, wait }, { decision, actor, place: speaksFor(step, wait, who) })
    }
    case 'complete':
    case 'reassign': {
      if (wait?.kind !== 'task') return tooLate(step)
      const entitled = decision.kind === 'reassign' && decision.entitled
      if (!entitled && assigneeStanding(wait, who) !== 'may') return notAsked()
      return decision.kind === 'complete'
        ? complete(draft, step, { decision, actor })
        : reassign(draft, { ...step, wait }, { decision, actor })
    }
  }
}

function approve(draft: Draft, step: Waiting<ApprovalWait>, who: Answerer): null {
  const { actor } = who
  const place = speaksFor(step, step.wait, who)
  const decided = recordDecision(draft, step, actor, { kind: 'approve', reason: null, for: place })
  draft.tell({ kind: 'approve', step: step.key, by: actor, text: null })
  const given = approvalsIn(decided)
  if (given.length < step.wait.quorum) {
    // The version stays, so that the buttons of those who answer at this moment go on working.
    draft.put(decided)
    draft.markRun(false)
    return null
  }
  const approvedBy = given.flatMap(({ by }) => (by.kind === 'person' ? [by.user] : []))
  const output = { approvedBy, expired: false }
  succeed(draft, { ...step, decisions: decided.decisions }, { output, actor })
  return null
}

function refuse(
  draft: Draft,
  step: StepIn<'waiting'>,
  { decision, actor }: { decision: Of<'refuse'>; actor: Actor },
): null {
  const { reason } = decision
  const decided = recordDecision(draft, step, actor, { kind: 'refuse', reason })
  draft.put({ ...carried(decided), status: 'refused', at: draft.context.now, by: actor, reason })
  draft.entry({ kind: 'step.refused', by: actor, step: step.key })
  draft.tell({ kind: 'refuse', step: step.key, by: actor, text: reason })
  advance(draft)
  return null
}

function delegate(
  draft: Draft,
  step: Waiting<ApprovalWait>,
  { decision, actor, place }: { decision: Of<'delegate'>; actor: Actor; place: UserId | undefined },
): Transition | null {
  const { to, reason } = decision
  const standing = approverStanding({ run: draft.run, step, wait: step.wait }, to)
  if (standing === 'may') return refused('asked-already', 'They are asked already.', 'Choose somebody else, or decide.')
  if (standing === 'own-run') {
    return refused('own-run', 'They started or changed this run, or it is about them.', 'Choose somebody else.')
  }
  if (standing === 'approved-already') return refused('asked-already', 'They have approved already.', CHOOSE)
  draft.put(recordDecision(draft, step, actor, { kind: 'delegate', reason, to: to.actor, for: place }))
  draft.tell({ kind: 'delegate', step: step.key, by: actor, to: to.actor, text: reason })
  draft.markRun(false)
  return null
}

function complete(
  draft: Draft,
  step: StepIn<'waiting'>,
  { decision, actor }: { decision: Of<'complete'>; actor: Actor },
): Transition | null {
  const definition = definitionOf(draft.context.definition, step.key)
  const output = definition?.output.safeParse(decision.output)
  if (!output?.success) {
    const issue = output?.error.issues[0]
    const what = `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim()
    return refused('evidence-incomplete', `What was done is not said completely: ${what}`, 'Fill in every field.')
  }
  const body = { evidence: output.data }
  const decided = recordDecision(draft, step, actor, { kind: 'complete', reason: null, body })
  draft.tell({ kind: 'complete', step: step.key, by: actor, text: null })
  succeed(draft, { ...step, decisions: decided.decisions }, { output: output.data, actor })
  return null
}

function reassign(
  draft: Draft,
  step: Waiting<TaskWait>,
  { decision, actor }: { decision: Of<'reassign'>; actor: Actor },
): Transition | null {
  const { to, reason } = decision
  const { users, groups, people } = step.wait.asked
  const asked: Asked = { groups: [], people: [], users: [to.actor.user] }
  if (groups.length + people.length === 0 && users.length === 1 && users[0] === to.actor.user) {
    return refused('asked-already', 'It is theirs already.', CHOOSE)
  }
  const decided = recordDecision(draft, step, actor, { kind: 'reassign', reason, to: to.actor })
  const { standIns: _, short: __, ...wait } = step.wait
  draft.put({ ...decided, wait: { ...wait, asked } })
  draft.tell({ kind: 'reassign', step: step.key, by: actor, to: to.actor, text: reason })
  draft.markRun(false)
  return null
}

function succeed(draft: Draft, step: StepIn<'waiting'>, { output, actor }: { output: unknown; actor: Actor }): void {
  const { startedAt } = step
  draft.put({
    ...carried(step),
    status: 'succeeded',
    startedAt,
    at: draft.context.now,
    output,
    markedBy: actor,
  })
  draft.entry({ kind: 'step.succeeded', by: actor, step: step.key, body: { output } })
  advance(draft)
}

const CHOOSE = 'Choose somebody else.'
const ASK = 'Ask one of those whom the card names.'

const notAsked = (): Transition => refused('not-asked', 'You are not among those who are asked.', ASK)

/** For whoever slips past the handler's look: the words for people are its own. */
const REFUSALS: Record<Exclude<Standing, 'may'>, () => Transition> = {
  'not-asked': notAsked,
  'own-run': () => refused('own-run', 'You started or changed this run, or it is about you.', ASK),
  'approved-already': () => refused('approved-already', 'You have approved already.', 'It waits for others now.'),
  'spoken-for': () => refused('spoken-for', 'Your voice is given already: it counts once.', 'It waits for others now.'),
  'handed-over': () => refused('handed-over', 'You have handed your decision over.', 'Ask the one to whom.'),
}
