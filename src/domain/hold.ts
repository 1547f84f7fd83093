import { z } from 'zod'
import { Actor } from './actor.ts'
import { EntryId, HoldId, TeamId } from './ids.ts'
import { Escalation, StepFailure } from './run.ts'
import { Time } from './time.ts'

/** What a hold keeps from going on. A single run is held by its own state. */
export const HoldScope = z.discriminatedUnion('of', [
  z.object({ of: z.literal('everything') }),
  z.object({ of: z.literal('workflow'), workflow: z.string() }),
  z.object({ of: z.literal('service'), service: z.string() }),
])
export type HoldScope = z.infer<typeof HoldScope>

/** A scope as one word, as the store keeps it apart from others: `service:github`. */
export const scopeKey = (scope: HoldScope): string => {
  switch (scope.of) {
    case 'everything':
      return 'everything'
    case 'workflow':
      return `workflow:${scope.workflow}`
    case 'service':
      return `service:${scope.service}`
  }
}

/** What fails of a service as a whole, whoever calls it. */
export const CauseKind = z.enum(['unreachable', 'failing', 'credentials', 'quota'])
export type CauseKind = z.infer<typeof CauseKind>

/** What a person did about a hold. */
export const HoldDecision = z.object({
  kind: z.enum(['resume', 'probe', 'release-one', 'release-all', 'escalate', 'close', 'cancel-all']),
  by: Actor,
  at: Time,
  reason: z.string().nullable(),
  entry: EntryId,
})
export type HoldDecision = z.infer<typeof HoldDecision>
export type HoldDecisionKind = HoldDecision['kind']

/** One look whether a service answers again. */
const Probe = z.object({ at: Time, answered: z.boolean(), said: z.string().nullable() })

const holdBase = {
  id: HoldId,
  team: TeamId,
  scope: HoldScope,
  /** Raised by every change; guards the commit. */
  version: z.int(),
  /** `open`: nothing goes on · `releasing`: what was held goes on, at a rate · `closed`: nothing is held any more. */
  status: z.enum(['open', 'releasing', 'closed']),
  since: Time,
  by: Actor,
  reason: z.string(),
  /** When it ends by itself. */
  until: Time.nullable(),
  decisions: z.array(HoldDecision),
  /** When what it held began to go on, and how many runs that were then. */
  release: z.object({ at: Time, runs: z.int(), by: Actor }).nullable(),
  closedAt: Time.nullable(),
  /** Runs that go on one by one, each after a click, and have not yet. */
  oneByOne: z.int(),
}

export const Hold = z.discriminatedUnion('kind', [
  /** A person's: until somebody resumes it, or its end. */
  z.object({ ...holdBase, kind: z.literal('pause') }),
  /** A service does not work, for whoever calls it: until it answers. */
  z.object({
    ...holdBase,
    kind: z.literal('incident'),
    cause: CauseKind,
    failure: StepFailure,
    /** Looks since it began; the wait before the next one grows with them. */
    probes: z.int(),
    lastProbe: Probe.nullable(),
    nextProbe: Time.nullable(),
    /** How often it came back while what was held went on. */
    reopened: z.int(),
    escalation: Escalation.nullable(),
  }),
  /** More starts of a workflow than is usual: until somebody has looked. */
  z.object({
    ...holdBase,
    kind: z.literal('brake'),
    starts: z.int(),
    withinMs: z.int(),
    /** Set when what is held is not to go on, but to be cancelled. */
    cancelling: z.boolean(),
  }),
])
export type Hold = z.infer<typeof Hold>
export type HoldKind = Hold['kind']
export type HoldOf<K extends HoldKind> = Extract<Hold, { kind: K }>

export const isOver = (hold: Hold): boolean => hold.status === 'closed'
