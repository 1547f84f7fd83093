import type { Actor } from '../domain/actor.ts'
import type { Earlier } from '../domain/earlier.ts'
import type { BulkId, EntryId, RunId, StepKey, TeamId } from '../domain/ids.ts'
import type { Proposable, Proposal } from '../domain/proposal.ts'
import type { Run } from '../domain/run.ts'
import type { Answerer } from '../domain/standing.ts'
import type { Holds } from './hold-desk.ts'
import type { Bulks } from './keep-bulks.ts'

/** What the directory says of whoever answers, at the moment of the click. */
type As = Pick<Answerer, 'email' | 'groups'>

/** What a person presses; `stepVersion` is the one that the button was drawn with. */
export type DecisionRequest =
  /** Retry, edit, skip, mark done, cancel and restart; `bulk`: as a part of which bulk retry. */
  | (Proposable & { bulk?: BulkId })
  | { kind: 'confirm'; proposal: EntryId }
  | { kind: 'withdraw'; proposal: EntryId }
  | { kind: 'take-over'; step: StepKey; stepVersion: number }
  /** Lets a run go on by today's rules whose own cannot be read any more. */
  | { kind: 'use-rules' }
  | { kind: 'close-debt'; step: StepKey; evidence: string }
  | { kind: 'hand-over-debt'; step: StepKey; to: Actor; reason: string | null }
  | { kind: 'escalate'; step: StepKey; stepVersion: number; reason: string }
  | { kind: 'approve'; step: StepKey; stepVersion: number; as: As }
  | { kind: 'refuse'; step: StepKey; stepVersion: number; as: As; reason: string }
  | {
      kind: 'delegate'
      step: StepKey
      stepVersion: number
      as: As
      to: Answerer
      reason: string | null
      /** By the rules, where too few are left of those who are asked. */
      entitled?: boolean
    }
  | { kind: 'complete'; step: StepKey; stepVersion: number; as: As; output: unknown }
  | {
      kind: 'reassign'
      step: StepKey
      stepVersion: number
      as: As
      to: Answerer
      reason: string | null /** By the rules, also when they are not asked themselves. */
      entitled: boolean
    }
  /** `until`: when it goes on by itself, in milliseconds since 1970. */
  | { kind: 'pause'; reason: string; until: number | null }
  | { kind: 'resume'; reason: string | null }

export type RequestOf<K extends DecisionRequest['kind']> = Extract<DecisionRequest, { kind: K }>

export interface DecisionCall {
  team: TeamId
  run: RunId
  actor: Actor
  decision: DecisionRequest
}

export type DecisionAnswer =
  | { kind: 'decided'; run: Run }
  /** The rules ask for a second person: it stands on the card until somebody else confirms it. */
  | { kind: 'proposed'; run: Run; proposal: Proposal }
  /** Somebody was first, or the step went on by itself. `by` is the decision that settled it, when a person did. */
  | { kind: 'too-late'; run: Run; by: Earlier | null; status: string }
  | { kind: 'refused'; code: string; message: string; hint: string }
  /** Errors by field, dotted paths of the workflow's input. */
  | { kind: 'invalid'; errors: Readonly<Record<string, string>> }
  | { kind: 'no-such-run' }

export interface StartCall {
  team: TeamId
  workflow: string
  /** As typed; parsed by the workflow's schema. */
  input: unknown
  actor: Actor
  /** The outside's name for this start (a view's id): a second one finds the first run. */
  startKey: string
}

export type StartAnswer =
  | { kind: 'started'; run: Run }
  /** `other`: by this name something else was started, of another workflow or about somebody else. */
  | { kind: 'already-started'; run: Run; other?: boolean }
  | { kind: 'subject-busy'; run: Run }
  /** Errors by field, dotted paths of the workflow's input. */
  | { kind: 'invalid'; errors: Readonly<Record<string, string>> }
  | { kind: 'refused'; code: string; message: string; hint: string }

/** Why nothing may be started or decided now. */
export interface Paused {
  code: string
  message: string
  hint: string
}

/** What handlers and questions ask of the engine. */
export interface Engine {
  start(call: StartCall): Promise<StartAnswer>
  decide(call: DecisionCall): Promise<DecisionAnswer>
  /** The present state, from memory where the run is alive. */
  run(team: TeamId, id: RunId): Promise<Run | null>
  /** Why everything stands still; null when it does not. */
  paused(): Paused | null
  /** What holds runs back, and what people decide about it. */
  holds: Holds
  /** Retries of many steps. */
  bulks: Bulks
}
