import { createHash } from 'node:crypto'
import { failureCard } from '../../views/cards/failure-card.ts'
import { note } from '../../views/cards/note.ts'
import { runCard } from '../../views/cards/run-card.ts'
import type { DrawContext, Drawing } from '../../views/drawing.ts'
import type { Actor } from '../domain/actor.ts'
import type { Card } from '../domain/card.ts'
import type { WorkflowOutline } from '../domain/outline.ts'
import type { RetryPolicy } from '../domain/policy.ts'
import { type Run, stepOf } from '../domain/run.ts'

interface DrawnFrom {
  run: Run
  outline: WorkflowOutline
  /** The policy of a step under the run's own rules. */
  policy(step: string): RetryPolicy
}

/** The present state of what a card shows; null when there is nothing to show any more. */
export function drawCard(card: Card, { run, outline, policy }: DrawnFrom, context: DrawContext): Drawing | null {
  switch (card.kind) {
    case 'run':
      return runCard(run, outline, context)
    case 'failure': {
      const step = card.step && stepOf(run, card.step)
      return step ? failureCard({ run, step, outline, policy: policy(step.key) }, context) : null
    }
    case 'note': {
      const line = card.line === null ? undefined : run.history[card.line]
      return line ? note(line, { run, outline }, context) : null
    }
  }
}

/** Everybody whom a run's cards name. */
export const actorsIn = (run: Run): Actor[] => [run.startedBy, ...run.history.map((line) => line.by)]

/** Tells two drawings apart; an equal one is not sent again. */
export const digestOf = (drawing: Drawing): string =>
  createHash('sha256').update(JSON.stringify(drawing)).digest('base64url').slice(0, 22)
