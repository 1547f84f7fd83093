import { z } from 'zod'
import { Actor } from './actor.ts'
import { BulkId, RunId, StepKey, TeamId } from './ids.ts'
import { ended, type Run, stepOf } from './run.ts'
import { Time } from './time.ts'

/** Steps that one bulk retry takes at most. */
export const MOST_IN_BULK = 500

/**
 * What became of a step of a bulk retry. Before its turn: `waiting`. It was retried: `retried` (and goes on),
 * `succeeded`, `failed-again`, `settled` (by somebody else, or it waits for people now). It was not: `decided` (somebody
 * was first, or it went on by itself), `second-person`, `not-allowed`, `refused`, `stopped`.
 */
export const BulkOutcome = z.enum([
  'waiting',
  'retried',
  'succeeded',
  'failed-again',
  'settled',
  'decided',
  'second-person',
  'not-allowed',
  'refused',
  'stopped',
])
export type BulkOutcome = z.infer<typeof BulkOutcome>

/** A step as it stood when its retry was shown to whoever asked for it. */
export const BulkMember = z.object({
  run: RunId,
  workflow: z.string(),
  step: StepKey,
  version: z.int(),
  outcome: BulkOutcome,
})
export type BulkMember = z.infer<typeof BulkMember>

/** A retry of many steps. It names no person whom its runs are about: those stand in the runs. */
export const Bulk = z.object({
  id: BulkId,
  team: TeamId,
  /** Raised by every change; guards the commit. */
  version: z.int(),
  /** `draft`: shown to somebody who has not asked for it yet · `forgotten`: who never did. */
  status: z.enum(['draft', 'running', 'ended', 'forgotten']),
  name: z.string(),
  /** What it was looked for by, without the words that name people. */
  filter: z.string(),
  by: Actor,
  perMinute: z.int(),
  /** When it was asked for; of a draft, when it was drawn. */
  since: Time,
  /** Before which the next one is not retried. */
  nextAt: Time,
  members: z.array(BulkMember),
  /** Steps that fitted and need somebody to look: it is not known whether they were done. */
  leftOut: z.int(),
  stopped: z.object({ by: Actor, at: Time }).nullable(),
  endedAt: Time.nullable(),
})
export type Bulk = z.infer<typeof Bulk>

const RETRIED: ReadonlySet<BulkOutcome> = new Set(['retried', 'succeeded', 'failed-again', 'settled'])

/** Whether it was retried, whatever came of that. */
export const wasRetried = ({ outcome }: Pick<BulkMember, 'outcome'>): boolean => RETRIED.has(outcome)

export const membersThat = (bulk: Bulk, ...outcomes: BulkOutcome[]): BulkMember[] =>
  bulk.members.filter(({ outcome }) => outcomes.includes(outcome))

/** What came of a step that was retried, as its run stands now. */
export function resultOf(run: Run | null, { step: key }: Pick<BulkMember, 'step'>): BulkOutcome {
  const step = run && stepOf(run, key)
  if (!step) return 'settled'
  switch (step.status) {
    case 'succeeded':
      return step.markedBy ? 'settled' : 'succeeded'
    case 'failed':
    case 'unknown':
      return 'failed-again'
    case 'pending':
    case 'running':
    case 'backing-off':
    case 'held':
      return ended(run) ? 'settled' : 'retried'
    default:
      return 'settled'
  }
}
