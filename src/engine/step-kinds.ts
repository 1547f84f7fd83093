import { z } from 'zod'
import { isTimeZone, momentIn, workingDayFrom } from '../domain/calendar.ts'
import { PersonNeeded } from '../domain/errors.ts'
import type { AnyRef, Deciding, EdgeSpec, ResultOf } from './edges.ts'

/** What a step that calls nothing may know: the input, the rules, and results that it needs. */
export interface Knowing<Input, Needs extends AnyRef> extends Deciding<Input> {
  from<Ref extends Needs>(ref: Ref): ResultOf<Ref>
}

/** Who approved; nobody did when the rules let it pass after its time. */
export const Approved = z.object({ approvedBy: z.array(z.string()), expired: z.boolean() })
export type Approved = z.infer<typeof Approved>

/** People decide. A refusal is an answer: what needs the approval or comes after it is not needed then. */
export interface ApprovalSpec<Input, Needs extends AnyRef> extends EdgeSpec<Input, Needs> {
  /** Its name under `approvals:` in the rules file, which says who is asked; the step's own when absent. */
  rule?: string
}

/** Somebody does something by hand, and says what came of it. */
export interface TaskSpec<Input, Evidence, Needs extends AnyRef> extends EdgeSpec<Input, Needs> {
  /** Its name under `tasks:` in the rules file, which says who is asked; the step's own when absent. */
  rule?: string
  /** What is to be done, for somebody who knows nothing of it yet. */
  instructions(knowing: Knowing<Input, Needs>): string
  /** What whoever did it has to fill in; a form is drawn from it. */
  evidence: z.ZodType<Evidence>
}

/** Something happens outside: a contract is signed, a payment comes in. */
export interface EventSpec<Input, Payload, Needs extends AnyRef> extends EdgeSpec<Input, Needs> {
  /** Its name under `hooks:` and `events:` in the rules file; the step's own when absent. */
  event?: string
  /** Which one of them is waited for: the contract's number. */
  key(knowing: Knowing<Input, Needs>): string
  /** What it says: the step's result. A person who marks the step done fills it in. */
  payload: z.ZodType<Payload>
  /** Milliseconds after which the step fails when it has not come; where the rules file says something, that holds. */
  within?(knowing: Knowing<Input, Needs>): number
}

/** The moment for which a step waited, in milliseconds since 1970. */
export const Waited = z.object({ until: z.int() })
export type Waited = z.infer<typeof Waited>

export interface DelaySpec<Input, Needs extends AnyRef> extends EdgeSpec<Input, Needs> {
  /** Milliseconds. */
  for(knowing: Knowing<Input, Needs>): number
}

export interface UntilSpec<Input, Needs extends AnyRef> extends EdgeSpec<Input, Needs> {
  /** The day, as `2026-11-09`. */
  at(knowing: Knowing<Input, Needs>): string
  /** By the clocks there, as `17:30`; 09:00 when absent. */
  hour?: string
  /** IANA name of the zone in which that is meant: the subject's. That of the rules when absent. */
  zone?(knowing: Knowing<Input, Needs>): string
  /** Whether a weekend or holiday of the rules moves it to the next working day. */
  onWorkingDay?: boolean
}

/** A text in a form of its own: the evidence of a task where any words will do. */
export const inWords = z.object({
  evidence: z
    .string()
    .trim()
    .min(3, 'Please say what was done, in at least three characters.')
    .max(1_000)
    .meta({ title: 'What was done?', widget: 'multiline' }),
})

/** When a wait for a date is over: that day's hour by the clocks of the zone. Throws PersonNeeded. */
export function endOfUntil<Input, Needs extends AnyRef>(
  spec: UntilSpec<Input, Needs>,
  knowing: Knowing<Input, Needs>,
): { until: number; zone: string } {
  const { calendar } = knowing.rules
  const zone = spec.zone?.(knowing) ?? calendar.timeZone
  const date = spec.at(knowing)
  if (!isTimeZone(zone)) throw notKnown('not-a-time-zone', `“${zone}” is no time zone`)
  if (!z.iso.date().safeParse(date).success) throw notKnown('not-a-day', `“${date}” is no day`)
  const day = spec.onWorkingDay ? workingDayFrom(date, calendar) : date
  return { until: momentIn(zone, day, spec.hour ?? '09:00'), zone }
}

const notKnown = (code: string, why: string): PersonNeeded =>
  new PersonNeeded({
    code,
    message: `Purser cannot tell until when to wait: ${why}.`,
    hint: 'What was entered does not fit. Cancel the run and start it anew with the right values.',
  })
