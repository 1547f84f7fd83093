import type { BulkId, TeamId } from '../src/domain/ids.ts'

/** What Purser remembers of deploys, and of retries of many steps. */
export interface DecisionStore {
  /** The definition of each workflow that last ran here. */
  definitions(team: TeamId): Promise<DeployedDefinition[]>
  /** The workspace of the newest run, leaving one out; null when there is none. */
  servedLast(except: TeamId): Promise<TeamId | null>
  bulkRetry(team: TeamId, id: BulkId): Promise<StoredBulk | null>
  /** Bulk retries of every team that have not ended, drafts among them, oldest first. */
  openBulkRetries(): Promise<StoredBulk[]>
  /** Those that somebody started, newest first. */
  recentBulkRetries(team: TeamId, limit: number): Promise<StoredBulk[]>
}

export interface DeployedDefinition {
  team: TeamId
  workflow: string
  version: number
  /** Digest of its graph and schemas. */
  shape: string
  at: number
}

/** A bulk retry's row: its state sealed under the team's key. */
export interface StoredBulk {
  id: BulkId
  team: TeamId
  /** `draft`: shown to somebody who has not asked for it yet · `forgotten`: who never did. */
  status: 'draft' | 'running' | 'ended' | 'forgotten'
  version: number
  since: number
  sealed: Uint8Array
}

export type BulkWrite = { kind: 'insert'; bulk: StoredBulk } | { kind: 'update'; bulk: StoredBulk; expected: number }
