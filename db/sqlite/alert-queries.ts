import type Database from 'better-sqlite3'
import { and, eq, isNull } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { z } from 'zod'
import { Alert, AlertCase, Matter } from '../../src/domain/alert.ts'
import { AttemptId, idsBefore, RunId, TeamId } from '../../src/domain/ids.ts'
import { InboxItem } from '../../src/domain/inbox-item.ts'
import type { AlertStore } from '../alert-store.ts'
import { alerts } from '../schema.ts'

const matter = z.string().transform((text) => Matter.parse(JSON.parse(text)))
const AlertRow = Alert.extend({ matter })
const CaseRow = AlertCase.extend({ matter })
const CountRow = z.object({ total: z.int(), open: z.int(), since: z.int().nullable() })
const InboxHeads = z.array(
  InboxItem.pick({ id: true, team: true, source: true, status: true, code: true, receivedAt: true }),
)
const attempts = z.string().transform((text) => z.array(AttemptId).parse(JSON.parse(text)))
const LongRows = z.array(z.object({ team: TeamId, id: RunId, attempts }))

const CASE = 'team, alert, id, run, step, matter, since, raised_at AS raisedAt, settled_at AS settledAt'

/** Reads of what did not happen, and of that by which it is found. */
export function alertQueries(db: Database.Database, orm: BetterSQLite3Database): AlertStore {
  const idle = db.prepare(`SELECT team, id FROM runs
    WHERE ended_at IS NULL AND status = 'running' AND attempts = '[]' AND wake_at IS NULL AND in_line IS NULL ORDER BY id LIMIT ?`)
  const long = db.prepare(`SELECT team, id, attempts FROM runs
    WHERE attempts <> '[]' AND EXISTS (SELECT 1 FROM json_each(attempts) WHERE value < ?)
    ORDER BY attempts LIMIT ?`)
  const oldest = ['stuck', 'new', 'kept'].map(
    (status) => `SELECT * FROM (SELECT id, team, source, status, code, received_at AS receivedAt FROM inbox
      WHERE settled_at IS NULL AND status = '${status}' ORDER BY id LIMIT :limit)`,
  )
  const heads = db.prepare(`${oldest.join(' UNION ALL ')} ORDER BY id`)
  const open = db.prepare(`SELECT ${CASE} FROM alert_cases WHERE settled_at IS NULL`)
  const some = db.prepare(`SELECT ${CASE} FROM alert_cases
    WHERE team = ? AND alert = ? AND settled_at IS NULL ORDER BY since, id LIMIT ? OFFSET ?`)
  const counted =
    db.prepare(`SELECT count(*) + coalesce((SELECT swept FROM alerts WHERE team = :team AND id = :alert), 0) AS total, count(*) FILTER (WHERE settled_at IS NULL) AS open,
      min(since) FILTER (WHERE settled_at IS NULL) AS since
    FROM alert_cases WHERE team = :team AND alert = :alert`)
  const fresh = db.prepare(`SELECT count(*) AS open, min(since) AS since FROM alert_cases
    WHERE team = ? AND alert = ? AND settled_at IS NULL AND mark > ?`)
  return {
    async alert(team, id) {
      const row = orm
        .select()
        .from(alerts)
        .where(and(eq(alerts.team, team), eq(alerts.id, id)))
        .get()
      return row ? AlertRow.parse(row) : null
    },
    openAlerts: async () =>
      orm
        .select()
        .from(alerts)
        .where(isNull(alerts.settledAt))
        .all()
        .map((row) => AlertRow.parse(row)),
    openCases: async () => open.all().map((row) => CaseRow.parse(row)),
    countCases: async (team, alert) => CountRow.parse(counted.get({ team, alert })),
    casesOf: async (team, alert, { skip, limit }) =>
      some.all(team, alert, limit, skip).map((row) => CaseRow.parse(row)),
    newCases: async (team, alert, told) => CountRow.omit({ total: true }).parse(fresh.get(team, alert, told)),
    idleRuns: async (limit) => z.array(z.object({ team: TeamId, id: RunId })).parse(idle.all(limit)),
    longAttempts: async (before, limit) => LongRows.parse(long.all(idsBefore(before), limit)),
    inboxHeads: async (limit) => InboxHeads.parse(heads.all({ limit })),
  }
}
