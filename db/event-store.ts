import type { TeamId } from '../src/domain/ids.ts'
import type { Awaited, InboxItem, InboxStatus, ScheduleState } from '../src/domain/inbox-item.ts'
import type { AlertStore, AlertWrite } from './alert-store.ts'

export type { AlertWrite, InboxHead } from './alert-store.ts'

/** What Purser remembers of what comes from outside, and of what does not happen. */
export interface EventStore extends AlertStore {
  inboxItem(team: TeamId, id: string): Promise<InboxItem | null>
  /** Items of these states that are not settled, oldest first, from behind `after`; of every team when it is null. */
  openInbox(
    team: TeamId | null,
    statuses: readonly InboxStatus[],
    page: { after: string | null; limit: number },
  ): Promise<InboxItem[]>
  /** How many items are not settled, by state. */
  inboxCounts(): Promise<{ status: InboxStatus; count: number }[]>
  /** Events that are kept for a step that waits for this, oldest first. */
  keptFor(team: TeamId, match: string): Promise<InboxItem[]>
  /** Steps that wait for this, those that have waited longest first. */
  awaiting(team: TeamId, match: string): Promise<Awaited[]>
  /** Steps whose event should have come by `now`. */
  overdueAwaited(now: number, limit: number): Promise<Awaited[]>
  /** Kept events for which a step waits all the same: what a stop between two commits left. */
  unmatched(limit: number): Promise<{ team: TeamId; match: string }[]>

  schedules(team: TeamId): Promise<ScheduleState[]>
}

export type InboxWrite =
  /** Guard `seen`: one with this source and id is there already. */
  | { kind: 'insert'; item: InboxItem }
  /** Guard `inbox-moved`: somebody else has dealt with it. */
  | { kind: 'update'; item: InboxItem; expected: number }

/** Which events the steps of a run begin and cease to wait for. */
export interface AwaitedWrite {
  begun: readonly Awaited[]
  over: readonly Pick<Awaited, 'team' | 'match' | 'run' | 'step'>[]
}

/** What a change holds of all this. */
export interface EventWrites {
  inbox?: readonly InboxWrite[]
  awaited?: AwaitedWrite
  schedule?: ScheduleState
  alerts?: readonly AlertWrite[]
}
