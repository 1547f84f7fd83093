import { z } from 'zod'
import { RunId, StepKey, TeamId } from './ids.ts'
import { Time } from './time.ts'

/**
 * Milliseconds that an alert stays in the database once it is settled: as long as the rules keep the entries about it
 * there at least.
 */
export const ALERTS_KEPT_MS = 30 * 24 * 60 * 60_000

/** What should have happened and did not; codes and our own names only, nothing of anybody. */
export const Matter = z.discriminatedUnion('kind', [
  /** Something came in, was acknowledged, and nothing has become of it. */
  z.object({ kind: z.literal('not-begun'), item: z.string(), source: z.string() }),
  /** Something came in with which nothing can be done. */
  z.object({ kind: z.literal('not-usable'), item: z.string(), source: z.string(), code: z.string() }),
  /** A run that has steps left, and nothing is under way, waits or has a time. */
  z.object({ kind: z.literal('standstill') }),
  /** An attempt that nobody carries out, or that goes on beyond its time. */
  z.object({
    kind: z.literal('attempt-hangs'),
    carried: z.boolean(),
    timeoutMs: z.int(),
    /** It waits in Purser for its turn, and has not begun. */
    waits: z.boolean().optional(),
    /** What its step calls. */
    services: z.array(z.string()).optional(),
  }),
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
  /** Slack does not let Purser know who people are: of a scope that is missing, which one. */
  z.object({ kind: z.literal('directory-refused'), code: z.string(), scope: z.string().nullable() }),
])
export type Matter = z.infer<typeof Matter>

/** One thing that did not happen. */
const caseParts = {
  run: RunId.nullable(),
  step: StepKey.nullable(),
  matter: Matter,
  /** Since when it should have happened, in milliseconds since 1970. */
  since: Time,
  raisedAt: Time,
  settledAt: Time.nullable(),
}

/**
 * That something did not happen: told once, and settled when it has happened or does not matter any more. It stands for
 * all that did not happen of one cause in one storm; `run`, `step` and `matter` are those of the first.
 */
export const Alert = z.object({
  ...caseParts,
  team: TeamId,
  id: z.string().min(1).max(240),
  /** What others would have in common with it (`causeOf`). */
  cause: z.string(),
  /** When something was last added to it, or was over. */
  movedAt: Time,
})
export type Alert = z.infer<typeof Alert>

/** One of the things that an alert stands for. */
export const AlertCase = z.object({
  ...caseParts,
  team: TeamId,
  /** Of the alert. */
  alert: z.string(),
  /** Names the matter: the same one is not raised twice. */
  id: z.string().min(1).max(200),
})
export type AlertCase = z.infer<typeof AlertCase>

/** What did not happen, before anybody was told of it. */
export type Found = Pick<AlertCase, 'team' | 'id' | 'run' | 'step' | 'matter' | 'since'>

/** How many things an alert stands for, and how many of them are not over. */
export interface AlertCount {
  total: number
  open: number
  /** Of those that are open, since when the oldest is so; null when none is. */
  since: number | null
}

/** What matters of one cause have in common, in our own names and codes: one card tells of them. */
export function causeOf(matter: Matter): string {
  switch (matter.kind) {
    case 'not-begun':
      return `not-begun ${matter.source}`
    case 'not-usable':
      return `not-usable ${matter.source} ${matter.code}`
    case 'attempt-hangs':
      return `attempt-hangs ${whereIn(matter)}`
    case 'not-started':
      return `not-started ${matter.schedule}`
    case 'not-come':
      return `not-come ${matter.event}`
    case 'out-of-reach':
      return `out-of-reach ${matter.of}`
    case 'directory-refused':
      return `directory-refused ${matter.scope ?? matter.code}`
    case 'standstill':
    case 'not-woken':
    case 'not-fired':
      return matter.kind
  }
}

/** What is carried out by nobody stands in Purser, whatever it would call. */
function whereIn({ carried, waits, services = [] }: Extract<Matter, { kind: 'attempt-hangs' }>): string {
  if (!carried) return 'nobody'
  return `${waits ? 'waits' : 'hangs'} ${services.join('+')}`
}
