import { and, asc, count, desc, eq, ne, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { z } from 'zod'
import { HoldId, RunId, TeamId } from '../../src/domain/ids.ts'
import { holds, overruledLooks, runs } from '../schema.ts'
import type { Store, StoredHold } from '../store.ts'

type HoldQueries = Pick<Store, 'hold' | 'openHolds' | 'latestHold' | 'runsHeldBy' | 'countHeldBy' | 'overruledLooks'>

/** Reads of holds, and of the runs that wait for them. */
export function holdQueries(orm: BetterSQLite3Database): HoldQueries {
  return {
    async hold(team, id) {
      const row = orm
        .select()
        .from(holds)
        .where(and(eq(holds.team, team), eq(holds.id, id)))
        .get()
      return row ? parseHold(row) : null
    },
    openHolds: async () =>
      orm.select().from(holds).where(ne(holds.status, 'closed')).orderBy(asc(holds.id)).all().map(parseHold),
    async latestHold(team, kind, scope) {
      const row = orm
        .select()
        .from(holds)
        .where(and(eq(holds.team, team), eq(holds.kind, kind), eq(holds.scope, scope)))
        .orderBy(desc(holds.since), desc(holds.id))
        .limit(1)
        .get()
      return row ? parseHold(row) : null
    },
    runsHeldBy: async (hold, limit) =>
      orm
        .select({ team: runs.team, id: runs.id, workflow: runs.workflow })
        .from(runs)
        .where(isHeldBy(hold))
        .orderBy(asc(runs.id))
        .limit(limit)
        .all()
        .map((row) => HeldRow.parse(row)),
    countHeldBy: async (hold) => orm.select({ n: count() }).from(runs).where(isHeldBy(hold)).get()?.n ?? 0,
    overruledLooks: async (team) =>
      orm
        .select({ service: overruledLooks.service })
        .from(overruledLooks)
        .where(eq(overruledLooks.team, team))
        .all()
        .map(({ service }) => service),
  }
}

/** The first part as the partial index says it. */
const isHeldBy = (hold: HoldId) =>
  sql`${runs.held} <> '[]' AND EXISTS (SELECT 1 FROM json_each(${runs.held}) WHERE value = ${hold})`

const HeldRow = z.object({ team: TeamId, id: RunId, workflow: z.string() })

const HoldRow = z.object({
  id: HoldId,
  team: TeamId,
  kind: z.enum(['pause', 'incident', 'brake']),
  scope: z.string(),
  status: z.enum(['open', 'releasing', 'closed']),
  version: z.int(),
  since: z.int(),
  sealed: z.instanceof(Uint8Array),
})
const parseHold = (row: unknown): StoredHold => HoldRow.parse(row)
