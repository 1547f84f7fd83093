import type Database from 'better-sqlite3'
import { and, asc, eq, gt, inArray, isNull, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { z } from 'zod'
import { RunId, StepKey, TeamId } from '../../src/domain/ids.ts'
import { type Awaited, InboxItem, InboxStatus, ScheduleState } from '../../src/domain/inbox-item.ts'
import type { EventStore } from '../event-store.ts'
import { inbox, schedules } from '../schema.ts'
import { alertQueries } from './alert-queries.ts'

/** Reads of what came from outside, of what is waited for, and of what did not happen. */
export function eventQueries(db: Database.Database, orm: BetterSQLite3Database): EventStore {
  return {
    ...inboxQueries(db, orm),
    ...awaitedQueries(db),
    ...alertQueries(db, orm),
    schedules: async (team) =>
      orm
        .select()
        .from(schedules)
        .where(eq(schedules.team, team))
        .all()
        .map((row) => ScheduleState.parse(row)),
  }
}

function inboxQueries(
  db: Database.Database,
  orm: BetterSQLite3Database,
): Pick<EventStore, 'inboxItem' | 'openInbox' | 'inboxCounts' | 'keptFor'> {
  const counts = db.prepare('SELECT status, count(*) AS count FROM inbox WHERE settled_at IS NULL GROUP BY status')
  return {
    async inboxItem(team, id) {
      const row = orm
        .select()
        .from(inbox)
        .where(and(eq(inbox.team, team), eq(inbox.id, id)))
        .get()
      return row ? InboxItem.parse(row) : null
    },
    openInbox: async (team, statuses, { after, limit }) =>
      orm
        .select()
        .from(inbox)
        .where(
          and(
            isNull(inbox.settledAt),
            inArray(inbox.status, [...statuses]),
            team ? eq(inbox.team, team) : undefined,
            after ? gt(inbox.id, after) : undefined,
          ),
        )
        .orderBy(asc(inbox.id))
        .limit(limit)
        .all()
        .map((row) => InboxItem.parse(row)),
    inboxCounts: async () => z.array(z.object({ status: InboxStatus, count: z.int() })).parse(counts.all()),
    keptFor: async (team, match) =>
      orm
        .select()
        .from(inbox)
        .where(and(eq(inbox.team, team), eq(inbox.match, match), sql`${inbox.status} = 'kept'`))
        .orderBy(asc(inbox.id))
        .all()
        .map((row) => InboxItem.parse(row)),
  }
}

const AWAITED = 'team, match, run, step, event, since, expected_by AS expectedBy'
const AwaitedRow = z.object({
  team: TeamId,
  match: z.string(),
  run: RunId,
  step: StepKey,
  event: z.string(),
  since: z.int(),
  expectedBy: z.int().nullable(),
})
const parseAwaited = (row: unknown): Awaited => AwaitedRow.parse(row)

function awaitedQueries(db: Database.Database): Pick<EventStore, 'awaiting' | 'overdueAwaited' | 'unmatched'> {
  const awaiting = db.prepare(`SELECT ${AWAITED} FROM awaited WHERE team = ? AND match = ? ORDER BY since, run`)
  const overdue = db.prepare(`SELECT ${AWAITED} FROM awaited WHERE expected_by <= ? ORDER BY expected_by LIMIT ?`)
  const unmatched = db.prepare(`SELECT DISTINCT inbox.team, inbox.match FROM inbox
      JOIN awaited ON awaited.team = inbox.team AND awaited.match = inbox.match
    WHERE inbox.status = 'kept' LIMIT ?`)
  return {
    awaiting: async (team, match) => awaiting.all(team, match).map(parseAwaited),
    overdueAwaited: async (now, limit) => overdue.all(now, limit).map(parseAwaited),
    unmatched: async (limit) => z.array(z.object({ team: TeamId, match: z.string() })).parse(unmatched.all(limit)),
  }
}
