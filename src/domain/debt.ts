import { z } from 'zod'
import { StandIn } from './absence.ts'
import { Actor } from './actor.ts'
import { EntryId, StepKey } from './ids.ts'
import { Time } from './time.ts'

/** What a skip leaves owed, until somebody closes it with what shows that it is done. */
export const Debt = z.object({
  step: StepKey,
  owner: Actor,
  due: Time,
  reason: z.string(),
  /** When its owner is next reminded; null when it is closed. */
  remindAt: Time.nullish(),
  /** Who looks after it while its owner is away. */
  standIn: StandIn.optional(),
  closed: z.object({ by: Actor, at: Time, evidence: z.string(), entry: EntryId }).nullish(),
})
export type Debt = z.infer<typeof Debt>
