import { z } from 'zod'
import { StandIn } from './absence.ts'
import { RunId, UserId } from './ids.ts'
import { Time } from './time.ts'

/** Who is asked: groups of the rules file, people by address, and people by their id. */
export const Asked = z.object({
  groups: z.array(z.object({ key: z.string(), title: z.string() })),
  /** E-mail addresses in lower case. */
  people: z.array(z.string()),
  users: z.array(UserId),
})
export type Asked = z.infer<typeof Asked>

/** What an absence changes in who is asked. */
const rerouted = {
  /** Who is asked in the place of those who are away, or were. */
  standIns: z.array(StandIn).optional(),
  /** Since when too few are left who can answer; absent: enough are. */
  short: Time.optional(),
}

/** What becomes of an approval that nobody gave or refused in time. */
export const AtExpiry = z.enum(['refuse', 'approve', 'escalate'])
export type AtExpiry = z.infer<typeof AtExpiry>

/** People decide whether the run goes on. What is still to come loses its time when it has come. */
export const ApprovalWait = z.object({
  kind: z.literal('approval'),
  since: Time,
  asked: Asked,
  /** How many different people have to approve. */
  quorum: z.int().positive(),
  /** Whether who started the run, or is its subject, may decide too. */
  selfApproval: z.boolean(),
  /** When those are reminded who have not answered. */
  reminders: z.array(Time),
  /** Who is asked besides, from when on; null once they are, or when there is nobody. */
  fallback: z.object({ at: Time, asked: Asked }).nullable(),
  expiry: z.object({ at: Time, outcome: AtExpiry }).nullable(),
  ...rerouted,
})
export type ApprovalWait = z.infer<typeof ApprovalWait>

/** Somebody does something by hand. */
export const TaskWait = z.object({
  kind: z.literal('task'),
  since: Time,
  asked: Asked,
  instructions: z.string(),
  reminders: z.array(Time),
  dueAt: Time.nullable(),
  /** Whether it was told that it is overdue. */
  overdue: z.boolean(),
  ...rerouted,
})
export type TaskWait = z.infer<typeof TaskWait>

/** A time is waited for. */
const TimeWait = z.object({
  kind: z.literal('time'),
  since: Time,
  until: Time,
  /** IANA name of the zone that a date was meant in; null for a length of time. */
  zone: z.string().nullable(),
})

/** The items of its list, each a step of its own, are waited for. */
const ItemsWait = z.object({ kind: z.literal('items'), since: Time })

/** Another run, which the step began, is waited for. */
const RunWait = z.object({ kind: z.literal('run'), since: Time, run: RunId, workflow: z.string(), title: z.string() })
export type RunWait = z.infer<typeof RunWait>

/** What becomes of a step whose event did not come in time. */
export const AtDeadline = z.enum(['fail', 'not-needed', 'escalate'])
export type AtDeadline = z.infer<typeof AtDeadline>

/** Something from outside is waited for. */
export const EventWait = z.object({
  kind: z.literal('event'),
  since: Time,
  /** Its name in the rules file: `contract-signed`. */
  event: z.string(),
  /** Which one of them: the contract's number. */
  key: z.string(),
  /** By when it should have come; people are told when it has not. */
  expectedBy: Time.nullable(),
  overdue: z.boolean(),
  deadline: z.object({ at: Time, outcome: AtDeadline }).nullable(),
})
export type EventWait = z.infer<typeof EventWait>

/** What a step waits for, or waited for: its card goes on showing it. */
export const Wait = z.discriminatedUnion('kind', [ApprovalWait, TaskWait, TimeWait, ItemsWait, RunWait, EventWait])
export type Wait = z.infer<typeof Wait>

/** The times at which something is due in a wait, in milliseconds since 1970. */
export function dueTimes(wait: Wait): number[] {
  switch (wait.kind) {
    case 'items':
    case 'run':
      return []
    case 'time':
      return [wait.until]
    case 'event':
      return [
        ...(wait.expectedBy === null || wait.overdue ? [] : [wait.expectedBy]),
        ...(wait.deadline ? [wait.deadline.at] : []),
      ]
    case 'task':
      return [...wait.reminders, ...(wait.dueAt === null || wait.overdue ? [] : [wait.dueAt])]
    case 'approval':
      return [...wait.reminders, ...(wait.fallback ? [wait.fallback.at] : []), ...(wait.expiry ? [wait.expiry.at] : [])]
  }
}

/** Everybody of both, each once. */
export function union(one: Asked, other: Asked): Asked {
  const groups = [...one.groups, ...other.groups.filter(({ key }) => !one.groups.some((each) => each.key === key))]
  return {
    groups,
    people: [...new Set([...one.people, ...other.people])],
    users: [...new Set([...one.users, ...other.users])],
  }
}
