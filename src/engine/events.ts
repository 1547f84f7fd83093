import type { InboxWrite, Subject } from '../../db/store.ts'
import type { Whereabouts } from '../domain/absence.ts'
import type { Actor } from '../domain/actor.ts'
import type { CallSummary } from '../domain/call-summary.ts'
import type { CardMark } from '../domain/card.ts'
import type { Earlier } from '../domain/earlier.ts'
import type { EntryDraft } from '../domain/entry.ts'
import type { Hold } from '../domain/hold.ts'
import type { AttemptId, HoldId, Ids, RunId, StepKey } from '../domain/ids.ts'
import type { Run, StepFailure } from '../domain/run.ts'
import type { Rules } from '../rules/rules.ts'
import type { DecisionRequest } from './decisions.ts'
import type { WorkflowDefinition } from './define-workflow.ts'
import type { ChildEnd } from './open-subflow.ts'

/** What can happen to a run. */
export type RunEvent =
  /** `brake`: too many were started; it waits until somebody has looked. `inLine`: too much is to be done just now. */
  | { kind: 'begun'; brake?: HoldId | undefined; inLine?: boolean }
  /** There is room for it to begin. */
  | { kind: 'turn-came' }
  | { kind: 'tries-failing'; step: StepKey; attempt: AttemptId; failure: StepFailure }
  | {
      kind: 'attempt-succeeded'
      step: StepKey
      attempt: AttemptId
      output: unknown
      calls: CallSummary[]
      used?: string[]
    }
  | {
      kind: 'attempt-failed'
      step: StepKey
      attempt: AttemptId
      failure: StepFailure
      retryAfterMs: number | null
      calls: CallSummary[]
    }
  /** It was given up with nothing on the wire. */
  | { kind: 'attempt-ended'; step: StepKey; attempt: AttemptId; calls: CallSummary[] }
  /** A run that one of its steps began has ended. */
  | ({ kind: 'child-ended' } & ChildEnd)
  /** The process that carried it out is gone. */
  | { kind: 'attempt-lost'; step: StepKey; attempt: AttemptId }
  /** Something that waits for a time may be due. */
  | { kind: 'woken' }
  /**
   * `next`: of a restart, the run that begins. `follows`: it comes of a decision about something else, with which the
   * rules were asked for a second person.
   */
  | { kind: 'decided'; decision: DecisionRequest; actor: Actor; next?: FreshRun; follows?: true }
  /** Another definition runs now. */
  | { kind: 'deployed' }
  /** The rules that it goes by cannot be read any more; `today` decides what is shown. */
  | { kind: 'rules-gone'; message: string }
  /** Something came from outside for which a step waits; `inbox` says that it was given to it. */
  | {
      kind: 'event-came'
      step: StepKey
      event: string
      key: string
      payload: unknown
      by: Actor
      item: string
      inbox: InboxWrite
    }
  /** Who is away at this moment, and who is back. */
  | { kind: 'whereabouts'; where: Whereabouts }
  /** An incident was opened over a service that failed for this run. */
  | { kind: 'incident'; hold: HoldId }
  /** A hold was opened: what backs off waits for its end too. */
  | { kind: 'hold-opened' }
  /** What this hold kept from going on goes on; by whom. */
  | { kind: 'released'; hold: HoldId; by: Actor }
  | { kind: 'ticket-opened'; step: StepKey; attempt: AttemptId; ticket: { key: string; url: string } }
  | { kind: 'ticket-failed'; step: StepKey; attempt: AttemptId; failure: StepFailure }

export type EventOf<K extends RunEvent['kind']> = Extract<RunEvent, { kind: K }>

/** Work that a change hands out once it is on disk. */
export type Work =
  | { kind: 'attempt'; step: StepKey; attempt: AttemptId; startedAt: number; earlierCalls: boolean }
  | { kind: 'ticket'; step: StepKey; attempt: AttemptId; earlierCalls: boolean }
  /** Ends the waiting of an attempt that nobody needs any more. */
  | { kind: 'abandon'; attempt: AttemptId }
  /** One of the two has ended or was cancelled: the other one has to know. */
  | { kind: 'kin'; parent: RunId; child: RunId }

export type WorkOf<K extends Work['kind']> = Extract<Work, { kind: K }>

/** A run that begins with the change: its step waits for it. */
export interface ChildStart {
  run: RunId
  step: StepKey
  workflow: string
  input: unknown
  startKey: string
}

/** All that one event brings about; committed together or not at all. */
export interface RunChange {
  run: Run
  entries: EntryDraft[]
  cards: CardMark[]
  work: Work[]
  children: ChildStart[]
  /** What of the inbox was given to it. */
  inbox: InboxWrite[]
  /** A run that begins as this one ends, in the same commit. */
  begins?: FreshRun
}

/** A run that is ready to begin, with what decides in it. */
export interface FreshRun {
  run: Run
  definition: WorkflowDefinition
  rules: Rules
  subject: Subject
  startKey: string
  /** What holds it until somebody has looked. */
  brake?: HoldId | null
}

export type Transition =
  | { kind: 'change'; change: RunChange }
  /** The event has nothing to say to the present state, and nothing to keep. */
  | { kind: 'nothing' }
  | { kind: 'too-late'; by: Earlier | null; status: string }
  | { kind: 'refused'; code: string; message: string; hint: string }
  /** What was entered does not fit: errors by field. */
  | { kind: 'invalid'; errors: Readonly<Record<string, string>> }

/** What came of an event; `run` is the state behind it. */
export type EventAnswer =
  | { kind: 'changed'; run: Run }
  | { kind: 'nothing'; run: Run }
  | { kind: 'too-late'; run: Run; by: Earlier | null; status: string }
  | { kind: 'refused'; run: Run; code: string; message: string; hint: string }
  | { kind: 'invalid'; run: Run; errors: Readonly<Record<string, string>> }

/** What a transition may ask; all of it handed in, so that the same event decides the same way. */
export interface TransitionContext {
  definition: WorkflowDefinition
  rules: Rules
  /** The rules of today, for what is decided by them; absent: those of the run. */
  today?: Rules
  /** What keeps steps from going on now; none when absent. */
  holds?: readonly Hold[]
  /** Of a run that begins: what holds it until somebody has looked. */
  brake?: HoldId | undefined
  now: number
  ids: Ids
  /** Runs that could not begin with this change, by the step that wanted them. */
  refusedStarts?: RefusedStarts
}

export type RefusedStarts = ReadonlyMap<StepKey, StepFailure>
