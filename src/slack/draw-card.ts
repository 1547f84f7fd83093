import { createHash } from 'node:crypto'
import { approvalCard } from '../../views/cards/approval-card.ts'
import type { AskSubject } from '../../views/cards/ask-card.ts'
import { failureCard } from '../../views/cards/failure-card.ts'
import { heldCard } from '../../views/cards/held-card.ts'
import { note } from '../../views/cards/note.ts'
import { nudge } from '../../views/cards/nudge.ts'
import { runCard } from '../../views/cards/run-card.ts'
import { taskCard } from '../../views/cards/task-card.ts'
import type { DrawContext, Drawing } from '../../views/drawing.ts'
import type { Mention } from '../../views/rich-text.ts'
import type { StandIn } from '../domain/absence.ts'
import { type Actor, person } from '../domain/actor.ts'
import type { RunCard } from '../domain/card.ts'
import type { UserId } from '../domain/ids.ts'
import type { RetryPolicy } from '../domain/policy.ts'
import { type Run, stepOf } from '../domain/run.ts'
import { stillAsked } from '../domain/standing.ts'
import type { Asked } from '../domain/wait.ts'
import type { WorkflowDefinition } from '../engine/define-workflow.ts'
import { definitionOf } from '../engine/definition-of.ts'

interface DrawnFrom {
  run: Run
  definition: WorkflowDefinition
  /** The policy of a step under the run's own rules. */
  policy(step: string): RetryPolicy
  /** Version of today's rules. */
  today: number
  /** Those whom the card mentions, as Slack knows them. */
  asked: readonly Mention[]
}

/** The present state of what a card shows; null when there is nothing to show any more. */
export function drawCard(card: RunCard, from: DrawnFrom, context: DrawContext): Drawing | null {
  const { run, definition, asked } = from
  const { outline } = definition
  const step = card.step && stepOf(run, card.step)
  const line = card.line === null ? undefined : run.history[card.line]
  switch (card.kind) {
    case 'run':
      return runCard(run, outline, context)
    case 'failure':
      return step
        ? failureCard({ run, step, outline, policy: from.policy(step.key), rules: { today: from.today } }, context)
        : null
    case 'held':
      return heldCard(run, outline, context)
    case 'note':
      return line ? note(line, { run, outline }, context) : null
    case 'nudge':
      return line ? nudge(line, { run, outline, asked }, context) : null
    case 'ask': {
      const output = step && definitionOf(definition, step.key)?.output
      return step && output ? askCard({ run, step, outline, input: definition.input, output, asked }, context) : null
    }
  }
}

function askCard(subject: AskSubject, context: DrawContext): Drawing | null {
  const { wait } = subject.step
  switch (wait?.kind) {
    case 'approval':
      return approvalCard(subject, wait, context)
    case 'task':
      return taskCard(subject, wait, context)
    default:
      return null
  }
}

/** Whom a card mentions: those whose answer is waited for, or the one to whom it was handed over. */
export function mentionedOn(card: RunCard, run: Run): Asked | null {
  if (card.kind !== 'ask' && card.kind !== 'nudge') return null
  const step = card.step && stepOf(run, card.step)
  if (step?.status !== 'waiting') return null
  const to = card.kind === 'nudge' && card.line !== null ? run.history[card.line]?.to : undefined
  return to?.kind === 'person' ? { groups: [], people: [], users: [to.user] } : stillAsked(step)
}

const namedIn = (standIns: readonly StandIn[] = []): UserId[] =>
  standIns.flatMap(({ for: user, asked }) => [user, ...asked.users])

/** Everybody whom a run's cards name. */
export const actorsIn = (run: Run): Actor[] => [
  run.startedBy,
  ...run.history.flatMap(({ by, to }) => (to ? [by, to] : [by])),
  ...run.debts.flatMap(({ owner, closed }) => (closed ? [owner, closed.by] : [owner])),
  ...run.steps.flatMap(({ decisions }) => decisions.flatMap(({ confirmedBy }) => confirmedBy ?? [])),
  ...run.steps.flatMap(({ wait }) =>
    wait === null || !('asked' in wait)
      ? []
      : [...wait.asked.users, ...namedIn(wait.standIns)].map((user) => person(run.team, user)),
  ),
  ...run.debts.flatMap(({ standIn }) => namedIn(standIn ? [standIn] : []).map((user) => person(run.team, user))),
]

/** Tells two drawings apart; an equal one is not sent again. */
export const digestOf = (drawing: Drawing): string =>
  createHash('sha256').update(JSON.stringify(drawing)).digest('base64url').slice(0, 22)
