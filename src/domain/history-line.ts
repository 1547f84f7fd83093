import { z } from 'zod'
import { AbsenceWhy } from './absence.ts'
import { Actor } from './actor.ts'
import { DecisionKind } from './decision-kind.ts'
import { StepKey } from './ids.ts'
import { Time } from './time.ts'

/** A line of the run's story, as its card's thread tells it. */
export const HistoryLine = z.object({
  at: Time,
  kind: z.enum([
    ...DecisionKind.options,
    'started',
    'step-failing',
    'step-failed',
    'step-unknown',
    'step-recovered',
    'ticket-opened',
    'undone',
    'late-answer',
    'run-begun',
    'ended',
    'asked',
    'reminded',
    'overdue',
    'widened',
    'lapsed',
    'expired',
    'held-back',
    'released',
    'adopted',
    'debt-due',
    'cleared',
    'came',
    'rerouted',
    'returned',
    'out-of-reach',
    'debt-rerouted',
    'debt-returned',
  ]),
  step: StepKey.nullable(),
  by: Actor,
  /** To whom it was handed over. */
  to: Actor.optional(),
  /** Who is away, or was. */
  away: z.object({ who: Actor, why: AbsenceWhy, until: Time.nullable() }).optional(),
  text: z.string().nullable(),
})
export type HistoryLine = z.infer<typeof HistoryLine>
