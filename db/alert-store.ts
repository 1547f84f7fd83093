import type { Alert, AlertCase, AlertCount } from '../src/domain/alert.ts'
import type { AttemptId, RunId, TeamId } from '../src/domain/ids.ts'
import type { InboxItem } from '../src/domain/inbox-item.ts'

/** Something of the inbox, without what came. */
export type InboxHead = Pick<InboxItem, 'id' | 'team' | 'source' | 'status' | 'code' | 'receivedAt'>

/** What Purser remembers of what did not happen, and the reads by which it finds it. */
export interface AlertStore {
  alert(team: TeamId, id: string): Promise<Alert | null>
  /** Alerts of every team that are not settled. */
  openAlerts(): Promise<Alert[]>
  /** What is not over of all that alerts stand for, of every team. */
  openCases(): Promise<AlertCase[]>
  countCases(team: TeamId, alert: string): Promise<AlertCount>
  /** What is not over of an alert, oldest first, from behind `skip` of them. */
  casesOf(team: TeamId, alert: string, page: { skip: number; limit: number }): Promise<AlertCase[]>
  /** The same of those alone that its card did not tell by its revision `told`. */
  newCases(team: TeamId, alert: string, told: number): Promise<Omit<AlertCount, 'total'>>
  /** Runs that have attempts which began before `before`, those first. */
  longAttempts(before: number, limit: number): Promise<{ team: TeamId; id: RunId; attempts: AttemptId[] }[]>
  /** Runs that say that they go on while nothing of them is under way, waits, or has a time. */
  idleRuns(limit: number): Promise<{ team: TeamId; id: RunId }[]>
  /** What came from outside and is not settled, of every team: the oldest `limit` of each status, so that none hides another. */
  inboxHeads(limit: number): Promise<InboxHead[]>
}

export type AlertWrite =
  | { kind: 'raise'; alert: Alert }
  /** One more thing that an alert stands for. */
  | { kind: 'case'; case: AlertCase }
  | { kind: 'case-over'; case: Pick<AlertCase, 'team' | 'alert' | 'id'>; at: number }
  | { kind: 'settle'; team: TeamId; id: string; at: number }
