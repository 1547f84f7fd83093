import { z } from 'zod'
import { Actor } from './actor.ts'
import { EntryId, StepKey } from './ids.ts'
import { Time } from './time.ts'

const ofStep = { step: StepKey, stepVersion: z.int() }

/** Decisions for which the rules may ask a second person, whole: they are carried out when that person confirms. */
export const Proposable = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('retry'),
    ...ofStep,
    /** "It is not there": a new key, the look was done by a person. */
    provenAbsent: z.boolean(),
    /** Which rules decide from here on: the run's own, or those of today. */
    rules: z.enum(['own', 'today']).optional(),
  }),
  /** `input`: as entered; the workflow's schema parses it. */
  z.object({ kind: z.literal('edit'), ...ofStep, input: z.unknown().optional(), reason: z.string().nullable() }),
  z.object({ kind: z.literal('skip'), ...ofStep, reason: z.string() }),
  z.object({ kind: z.literal('mark-done'), ...ofStep, reason: z.string(), output: z.unknown().optional() }),
  /** `undo`: whether what the run did is undone before it ends. */
  z.object({ kind: z.literal('cancel'), reason: z.string(), undo: z.boolean().optional() }),
  /** `input`: of the new run, as entered. */
  z.object({ kind: z.literal('restart'), reason: z.string(), input: z.unknown() }),
])
export type Proposable = z.infer<typeof Proposable>

/** What the rules call them: "it is not there" weighs more than a retry that looks first. */
export const SECONDED = ['retry', 'not-there', 'edit', 'skip', 'mark-done', 'cancel', 'restart'] as const
export type Seconded = (typeof SECONDED)[number]

export const secondedBy = (decision: Proposable): Seconded =>
  decision.kind === 'retry' && decision.provenAbsent ? 'not-there' : decision.kind

/** A decision that waits for a second person. */
export const Proposal = z.object({
  /** The entry of the ledger that tells of it. */
  id: EntryId,
  by: Actor,
  at: Time,
  expiresAt: Time,
  decision: Proposable,
})
export type Proposal = z.infer<typeof Proposal>

/** The step that a proposal is about; null when it is about the whole run. */
export const proposedStep = ({ decision }: Proposal): StepKey | null => ('step' in decision ? decision.step : null)
