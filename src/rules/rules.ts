import type { Person } from '../domain/actor.ts'
import type { Calendar } from '../domain/calendar.ts'
import type { CronFields } from '../domain/cron.ts'
import type { Json } from '../domain/operation.ts'
import type { RetryPolicy } from '../domain/policy.ts'
import type { Seconded } from '../domain/proposal.ts'
import type { Asked, AtDeadline, AtExpiry } from '../domain/wait.ts'
import type { Received } from './expression.ts'
import type { SIGNATURES } from './hooks-schema.ts'
import type { RulesProblem } from './load.ts'

/** What a person may be allowed to do; the rules file says which groups may, for each workflow. */
export const ACTIONS = [
  'start',
  'retry',
  'skip',
  'mark-done',
  'escalate',
  'cancel',
  'pause',
  'see',
  'audit',
  'audit-export',
] as const
export type Action = (typeof ACTIONS)[number]

/** One version of the rules file, ready to decide. */
export interface Rules {
  version: number
  /** Whether the access rule of this name holds for the input; an unknown name is an error when the rules are loaded. */
  grants(access: string, input: unknown): boolean
  /** What the access rule says besides its condition: teams, groups, licences. */
  accessSettings(access: string): { readonly [key: string]: Json }
  /** Channel id or `#name`: `runs` cards of a workflow, `alerts`, or `approvals` and tasks, with the alerts by default. */
  channel(purpose: 'runs' | 'alerts' | 'approvals', workflow: string): string
  /** Channel id or `#name` where checkpoints of the ledger are kept; that of the alerts when the file names none. */
  ledgerChannel: string
  /** Channel id or `#name` where cards stand whose own channel takes nothing; null when the file names none. */
  fallbackChannel: string | null
  /** Who approves, for this input; throws PersonNeeded when this version does not say. */
  approval(name: string, input: unknown): ApprovalRule
  /** Who does it by hand, for this input; throws PersonNeeded when this version does not say. */
  task(name: string, input: unknown): TaskRule
  /** By when an event should come, and what becomes of a step for which it does not. */
  event(name: string): EventRule
  /** What a hook of this name is, and what becomes of what it receives. */
  hook(source: string): HookRule | null
  hooks: readonly string[]
  schedules: readonly ScheduleRule[]
  /** What a client may do over HTTP; null when the file does not name it. */
  api(client: string): ApiRights | null
  calendar: Calendar
  policy(workflow: string, step: string): RetryPolicy
  may(person: Person, action: Action, workflow: string | null): boolean
  /** The groups that may, in words, for a refusal: `Ops or Managers`. */
  whoMay(action: Action, workflow: string | null): string
  /** Whether somebody else has to confirm a decision before it is carried out. */
  needsSecond(decision: Seconded, at: { workflow: string; step: string | null }): boolean
  /** Milliseconds for which what somebody proposed may be confirmed. */
  proposalMs: number
  /** Milliseconds for which a step is whose who took it over. */
  takeOverMs: number
  /** Days until what a skip leaves owed is due. */
  debtDueDays: number
  /** When alerts channels get their digest on working days, by the clocks of the calendar's zone; null: they get none. */
  digest: { at: string } | null
  /** Days for which the ledger's entries stay in the database; then they stand in segments. */
  ledgerDays: number
  /** When many failures of one cause become one incident, and how it ends. */
  incidents: IncidentRule
  /** How many starts of a workflow are usual; null: any number. */
  brake(workflow: string): BrakeRule | null
  /** Who is away and who takes over. */
  absences: AbsenceRules
  /** Groups of the rules file and who is in them, for the directory. */
  groups: readonly GroupRule[]
}

/** People by their addresses, in lower case. */
export interface AbsenceRules {
  /** First and last day, as `2026-12-25`, by the clocks of the person's zone. */
  away: readonly { person: string; from: string; to: string; delegate: string | null }[]
  /** Who stands in for whom when nothing else is said. */
  standIns: readonly { person: string; delegate: string }[]
  /** Who takes over when nobody else does; null: nobody. */
  fallback: Asked | null
  /** Emoji of Slack statuses that mean that somebody is away, without colons. */
  statuses: readonly string[]
}

export interface GroupRule {
  key: string
  title: string
  /** Handles of Slack user groups, without @. */
  userGroups: readonly string[]
  /** E-mail addresses. */
  people: readonly string[]
}

/** Who has to approve, and what happens while nobody does; lengths of time in milliseconds. */
export interface ApprovalRule {
  asked: Asked
  quorum: number
  selfApproval: boolean
  remindAfterMs: readonly number[]
  fallback: { afterMs: number; asked: Asked } | null
  expiry: { afterMs: number; outcome: AtExpiry } | null
}

/** Who does something by hand; lengths of time in milliseconds. */
export interface TaskRule {
  asked: Asked
  dueAfterMs: number | null
  remindAfterMs: readonly number[]
}

/** What is expected of an event; lengths of time in milliseconds. */
export interface EventRule {
  /** People are told when it has not come so long after its step began to wait. */
  expectedAfterMs: number | null
  deadline: { afterMs: number; outcome: AtDeadline } | null
  /** So long it may come before a step waits for it; then people are told. */
  earlyMs: number
}

/** What is to become of something that came. */
export type Routed =
  | { kind: 'start'; workflow: string; input: unknown }
  | { kind: 'deliver'; event: string; key: string; payload: unknown }
  | { kind: 'ignore' }
  /** No condition of the hook holds. */
  | { kind: 'nothing' }

/** A way in; what cannot be told from what came throws PersonNeeded. */
export interface HookRule {
  signature: (typeof SIGNATURES)[number]
  /** The sender's id of it; null where the signature's own header holds it. */
  idOf(received: Received): string | null
  typeOf(received: Received): string | null
  route(received: Received): Routed
}

export interface ApiRights {
  /** Workflows. */
  start: readonly string[]
  see: readonly string[]
  /** Events. */
  deliver: readonly string[]
}

/** What starts by the clock. */
export interface ScheduleRule {
  name: string
  fields: CronFields
  zone: string
  workflow: string
  /** What becomes of times that passed while nothing ran: none of them counts, or one run for all of them. */
  missed: 'skip' | 'once'
  /** Changes when it is to fire at other times, or to start something else. */
  spec: string
  /** The input for the run that is due then. */
  inputAt(at: number): unknown
}

/** Lengths of time in milliseconds. */
export interface IncidentRule {
  /** So many steps that fail of one cause make an incident, or so many runs. */
  steps: number
  runs: number
  withinMs: number
  /** Runs that go on in a minute when what held them has ended. */
  releasePerMinute: number
  /** Between two looks whether a service works, while nothing else tells. */
  probeEveryMs: number
  /** Keys of the groups that are mentioned once for each incident of this service. */
  notify(service: string): readonly string[]
}

/** More starts of a workflow than that wait until somebody has looked. */
export interface BrakeRule {
  starts: number
  withinMs: number
}

/** The rules that hold now, and every earlier version that a run still goes by. */
export interface RulesBook {
  current(): Rules
  /** The version that a run recorded; loads it from the store when it is not at hand. */
  at(version: number): Promise<Rules>
  /** What is wrong with the file, while it cannot take the place of the rules that hold; else empty. */
  problems(): readonly RulesProblem[]
}
