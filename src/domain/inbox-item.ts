import { z } from 'zod'
import { RunId, type StepKey, SubjectId, TeamId } from './ids.ts'
import { Time } from './time.ts'

/**
 * `new`: on disk, and not yet decided · `kept`: an event for which no step waits so far · `stuck`: nothing can be done
 * with it until somebody looks · `taken`: a run was started by it or has it · `ignored`: the rules say so ·
 * `dismissed`: a person said so.
 */
export const InboxStatus = z.enum(['new', 'kept', 'stuck', 'taken', 'ignored', 'dismissed'])
export type InboxStatus = z.infer<typeof InboxStatus>

/** Something that came from outside, as the store keeps it: what it says is sealed under a key of its own. */
export const InboxItem = z.object({
  id: z.string(),
  team: TeamId,
  /** The hook that it came by, or `api:` and the client's name. */
  source: z.string(),
  /** The sender's id of it: the same one again is the same thing. */
  event: z.string(),
  type: z.string().nullable(),
  status: InboxStatus,
  /** Why it is stuck, or what became of it; of one that is kept, the name of the event. */
  code: z.string().nullable(),
  /** Of an event: what a waiting step is found by. */
  match: z.string().nullable(),
  run: RunId.nullable(),
  /** Under whose key it is sealed; goes when the subject of its run is erased. */
  owner: SubjectId,
  receivedAt: Time,
  settledAt: Time.nullable(),
  version: z.int(),
  /** Empty once it is settled: what it said is in the ledger, and in its run. */
  sealed: z.instanceof(Uint8Array),
})
export type InboxItem = z.infer<typeof InboxItem>

/** A step that waits for an event. */
export interface Awaited {
  team: TeamId
  match: string
  run: RunId
  step: StepKey
  event: string
  since: number
  /** By when it should have come, in milliseconds since 1970. */
  expectedBy: number | null
}

/** How a schedule stands: the last of its times that was dealt with. */
export const ScheduleState = z.object({
  team: TeamId,
  name: z.string(),
  /** Digest of when it fires; another one begins anew. */
  spec: z.string(),
  /** Since when it is known: no earlier time of it counts as missed. */
  since: Time,
  dueAt: Time.nullable(),
  firedAt: Time.nullable(),
  outcome: z.string().nullable(),
  run: RunId.nullable(),
})
export type ScheduleState = z.infer<typeof ScheduleState>
