import type { Hold, HoldKind } from '../src/domain/hold.ts'
import type { HoldId, RunId, TeamId } from '../src/domain/ids.ts'

/** What Purser remembers of what keeps runs from going on. */
export interface HoldStore {
  hold(team: TeamId, id: HoldId): Promise<StoredHold | null>
  /** Every hold that is not closed, of every team, oldest first. */
  openHolds(): Promise<StoredHold[]>
  /** The latest hold of this kind over this scope, closed or not. */
  latestHold(team: TeamId, kind: HoldKind, scope: string): Promise<StoredHold | null>
  /** Runs that wait for a hold to end, oldest first. */
  runsHeldBy(hold: HoldId, limit: number): Promise<{ team: TeamId; id: RunId; workflow: string }[]>
  countHeldBy(hold: HoldId): Promise<number>
  /** Services whose looks somebody has overruled, and none was answered since. */
  overruledLooks(team: TeamId): Promise<string[]>
}

/** Somebody lets go on what waits for a service whatever looks say; or a look was answered, and looks count again. */
export type LookWrite = { kind: 'overruled' | 'answered'; team: TeamId; service: string }

export type HoldWrite = { kind: 'insert'; hold: StoredHold } | { kind: 'update'; hold: StoredHold; expected: number }

/** A hold's row: its state sealed under the team's key, and what guards need beside it. */
export interface StoredHold {
  id: HoldId
  team: TeamId
  kind: HoldKind
  /** `service:github` */
  scope: string
  status: Hold['status']
  version: number
  since: number
  sealed: Uint8Array
}
