import type { Person } from '../domain/actor.ts'
import type { Json } from '../domain/operation.ts'
import type { RetryPolicy } from '../domain/policy.ts'

/** What a person may be allowed to do; the rules file says which groups may, for each workflow. */
export const ACTIONS = [
  'start',
  'retry',
  'skip',
  'mark-done',
  'escalate',
  'cancel',
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
  /** Channel id or `#name`: `runs` cards of a workflow, or `alerts`. */
  channel(purpose: 'runs' | 'alerts', workflow: string): string
  /** Channel id or `#name` where checkpoints of the ledger are kept; that of the alerts when the file names none. */
  ledgerChannel: string
  policy(workflow: string, step: string): RetryPolicy
  may(person: Person, action: Action, workflow: string | null): boolean
  /** The groups that may, in words, for a refusal: `Ops or Managers`. */
  whoMay(action: Action, workflow: string | null): string
  /** Days until what a skip leaves owed is due. */
  debtDueDays: number
  /** Groups of the rules file and who is in them, for the directory. */
  groups: readonly GroupRule[]
}

export interface GroupRule {
  key: string
  title: string
  /** Handles of Slack user groups, without @. */
  userGroups: readonly string[]
  /** E-mail addresses. */
  people: readonly string[]
}

/** The rules that hold now, and every earlier version that a run still goes by. */
export interface RulesBook {
  current(): Rules
  /** The version that a run recorded; loads it from the store when it is not at hand. */
  at(version: number): Promise<Rules>
}
