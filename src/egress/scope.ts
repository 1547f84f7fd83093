import type { Actor } from '../domain/actor.ts'
import type { CallSummary } from '../domain/call-summary.ts'
import type { AttemptId, RunId, StepKey, SubjectId, TeamId } from '../domain/ids.ts'
import type { Operation } from '../domain/operation.ts'
import type { StepFailure } from '../domain/run.ts'

/** On whose behalf a call is made, and within which bounds; passed along, never taken from ambient context. */
export interface CallScope {
  team: TeamId
  actor: Actor
  /** Whose data the request and the answer hold; their keys seal the bodies. */
  subjects: readonly SubjectId[]
  /** Somebody waits for it: it goes before machines' work in its lane. */
  urgent: boolean
  /** Of a step's attempt; calls for cards and the directory have none. */
  attempt?: AttemptScope
  /** What a call outside an attempt is for: part of its key (a card's id), and the run that it belongs to. */
  purpose?: {
    key: string
    run: RunId | null
    step: StepKey | null
    /** See AttemptScope. */
    earlierCalls: boolean
    /** That it was sent and that all was well is enough to know: such entries have no body. */
    bare?: boolean
  }
  tries: TryBudget
  /** Ends waiting between tries, not a try on the wire. */
  signal?: AbortSignal
  /** Told of each call that ends, done or not. */
  onCall?(summary: CallSummary): void
  /** Told of the first failed try, when it happens. */
  onFailing?(failure: StepFailure): void
}

export interface AttemptScope {
  run: RunId
  step: StepKey
  attempt: AttemptId
  /** See Step.generations. */
  generations: Readonly<Record<string, number>>
  /** When this attempt first began, also if a restart came between: its budget counts from here. */
  startedAt: number
  /** False when nothing of this step was ever sent: then there is no need to ask the ledger what was. */
  earlierCalls: boolean
  /** The run's input, rules or definition changed on the way: earlier requests may have been others. */
  revised?: boolean
}

export interface TryBudget {
  tries: number
  withinMs: number
  firstDelayMs: number
  /** Milliseconds until a try is given up as unanswered, where that is less than its operation allows. */
  eachMs?: number
}

export interface EgressCall<I, O> {
  scope: CallScope
  operation: Operation<I, O>
  input: I
  /** Tells calls of one operation in one step apart. */
  item?: string
}

/** The one way out. Throws RetryLater, PermanentFailure, UnknownOutcome or PersonNeeded. */
export interface Egress {
  call<I, O>(call: EgressCall<I, O>): Promise<O>
}
