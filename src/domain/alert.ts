import { z } from 'zod'
import { RunId, StepKey, TeamId } from './ids.ts'

const Time = z.int().nonnegative()

/** What should have happened and did not; codes and our own names only, nothing of anybody. */
export const Matter = z.discriminatedUnion('kind', [
  /** Something came in, was acknowledged, and nothing has become of it. */
  z.object({ kind: z.literal('not-begun'), item: z.string(), source: z.string() }),
  /** Something came in with which nothing can be done. */
  z.object({ kind: z.literal('not-usable'), item: z.string(), source: z.string(), code: z.string() }),
  /** A run that has steps left, and nothing is under way, waits or has a time. */
  z.object({ kind: z.literal('standstill') }),
  /** An attempt that nobody carries out, or that goes on beyond its time. */
  z.object({ kind: z.literal('attempt-hangs'), carried: z.boolean(), timeoutMs: z.int() }),
  /** A run whose time has come, and that was not woken. */
  z.object({ kind: z.literal('not-woken') }),
  /** A time of a schedule at which nothing was started. */
  z.object({ kind: z.literal('not-fired'), schedule: z.string(), dueAt: Time }),
  /** A time of a schedule at which its process was not begun: `outcome` says why. */
  z.object({ kind: z.literal('not-started'), schedule: z.string(), dueAt: Time, outcome: z.string() }),
  /** An event that a step waits for and that should have come by now. */
  z.object({ kind: z.literal('not-come'), event: z.string() }),
  /** Too few are there to answer what a step asks, or nobody to look after what it left owed. */
  z.object({ kind: z.literal('out-of-reach'), of: z.enum(['approval', 'task', 'debt']) }),
])
export type Matter = z.infer<typeof Matter>

/** That something did not happen: told once, and settled when it has happened or does not matter any more. */
export const Alert = z.object({
  team: TeamId,
  /** Names the matter: the same one is not raised twice. */
  id: z.string().min(1).max(200),
  run: RunId.nullable(),
  step: StepKey.nullable(),
  matter: Matter,
  /** Since when it should have happened, in milliseconds since 1970. */
  since: Time,
  raisedAt: Time,
  settledAt: Time.nullable(),
})
export type Alert = z.infer<typeof Alert>
