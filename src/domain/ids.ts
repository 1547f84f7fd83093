import { z } from 'zod'

const uuid = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, 'not an id of ours')

export const RunId = uuid.brand<'RunId'>()
export type RunId = z.infer<typeof RunId>
export const AttemptId = uuid.brand<'AttemptId'>()
export type AttemptId = z.infer<typeof AttemptId>
export const CallId = uuid.brand<'CallId'>()
export type CallId = z.infer<typeof CallId>
export const EntryId = uuid.brand<'EntryId'>()
export type EntryId = z.infer<typeof EntryId>
/** Of something that keeps runs from going on: a pause, an incident, a brake. */
export const HoldId = uuid.brand<'HoldId'>()
export type HoldId = z.infer<typeof HoldId>
export const SubjectId = uuid.brand<'SubjectId'>()
export type SubjectId = z.infer<typeof SubjectId>

export const BulkId = uuid.brand<'BulkId'>()
export type BulkId = z.infer<typeof BulkId>

/** A Slack workspace; on Enterprise Grid the enterprise's id where the workspace is not named. */
export const TeamId = z
  .string()
  .regex(/^[TE][A-Z0-9]+$/, 'not a Slack team id')
  .brand<'TeamId'>()
export type TeamId = z.infer<typeof TeamId>
export const UserId = z
  .string()
  .regex(/^[UW][A-Z0-9]+$/, 'not a Slack user id')
  .brand<'UserId'>()
export type UserId = z.infer<typeof UserId>
/** A step's key in its run: the step's name, inside `each` with the item's place, of what undoes it with `~undo`. */
export const StepKey = z
  .string()
  .regex(/^[a-z][a-z0-9-]*(:[^\s:~]{1,200})?(~undo)?$/, 'not a step')
  .brand<'StepKey'>()
export type StepKey = z.infer<typeof StepKey>
export const CardId = z.string().min(1).max(255).brand<'CardId'>()
export type CardId = z.infer<typeof CardId>

/** Makes ids that sort by the time they were made, also within one millisecond. */
export interface Ids {
  run(): RunId
  attempt(): AttemptId
  call(): CallId
  entry(): EntryId
  subject(): SubjectId
  bulk(): BulkId
  hold(): HoldId
}

interface Source {
  /** Milliseconds since 1970. */
  now(): number
  randomBytes(size: number): Uint8Array
}

const TAIL_BYTES = 8
const DRAWN_AT_ONCE = 256

/** Ids as UUIDv7 (RFC 9562 §5.7, method 1: a counter in rand_a keeps them in order within a millisecond). */
export function createIds(source: Source): Ids {
  let lastMs = 0
  let counter = 0
  let beginning = ''
  let drawn = ''
  let used = 0
  /** Drawn for many ids at once: asking the system for each one cost 3% of a run. */
  const draw = (): void => {
    const bytes = Buffer.from(source.randomBytes(TAIL_BYTES * DRAWN_AT_ONCE))
    for (let at = 0; at < bytes.length; at += TAIL_BYTES) bytes[at] = ((bytes[at] ?? 0) & 0x3f) | 0x80
    drawn = bytes.toString('hex')
    used = 0
  }
  const setTime = (at: number): void => {
    lastMs = at
    const time = at.toString(16).padStart(12, '0')
    beginning = `${time.slice(0, 8)}-${time.slice(8)}-7`
  }
  const next = (): string => {
    const now = source.now()
    if (now > lastMs) {
      setTime(now)
      counter = 0
    } else if (++counter > 0xfff) {
      setTime(lastMs + 1)
      counter = 0
    }
    if (used === drawn.length) draw()
    const at = used
    used += TAIL_BYTES * 2
    const sequence = counter.toString(16).padStart(3, '0')
    return `${beginning}${sequence}-${drawn.slice(at, at + 4)}-${drawn.slice(at + 4, used)}`
  }
  return {
    run: () => next() as RunId,
    attempt: () => next() as AttemptId,
    call: () => next() as CallId,
    entry: () => next() as EntryId,
    subject: () => next() as SubjectId,
    bulk: () => next() as BulkId,
    hold: () => next() as HoldId,
  }
}

/** When an id of ours was made, in milliseconds since 1970. */
export const startOf = (id: string): number => Number.parseInt(id.replace('-', '').slice(0, 12), 16)

/** Below every id of ours that is made from then on. */
export const idsBefore = (at: number): string => {
  const time = Math.max(0, at).toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}`
}

/** The eight characters by which people name a run: its random end, as on cards and in `/audit run:…`. */
export const shortId = (id: string): string => id.slice(-8)
