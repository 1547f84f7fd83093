import { and, asc, desc, eq, inArray, ne } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { z } from 'zod'
import { BulkId, TeamId } from '../../src/domain/ids.ts'
import type { DecisionStore, DeployedDefinition, StoredBulk } from '../decision-store.ts'
import { bulkRetries, definitions, runs } from '../schema.ts'

/** Reads of what was deployed, and of bulk retries. */
export function decisionQueries(orm: BetterSQLite3Database): DecisionStore {
  return {
    async servedLast(except) {
      const row = orm
        .select({ team: runs.team })
        .from(runs)
        .where(ne(runs.team, except))
        .orderBy(desc(runs.id))
        .limit(1)
        .get()
      return row ? TeamId.parse(row.team) : null
    },
    definitions: async (team) =>
      orm
        .select()
        .from(definitions)
        .where(eq(definitions.team, team))
        .all()
        .map((row): DeployedDefinition => DefinitionRow.parse(row)),
    async bulkRetry(team, id) {
      const row = orm.select().from(bulkRetries).where(eq(bulkRetries.id, id)).get()
      const bulk = row ? BulkRow.parse(row) : null
      return bulk?.team === team ? bulk : null
    },
    openBulkRetries: async () =>
      orm
        .select()
        .from(bulkRetries)
        .where(inArray(bulkRetries.status, ['draft', 'running']))
        .orderBy(asc(bulkRetries.id))
        .all()
        .map((row): StoredBulk => BulkRow.parse(row)),
    recentBulkRetries: async (team, limit) =>
      orm
        .select()
        .from(bulkRetries)
        .where(and(eq(bulkRetries.team, team), inArray(bulkRetries.status, ['running', 'ended'])))
        .orderBy(desc(bulkRetries.since), desc(bulkRetries.id))
        .limit(limit)
        .all()
        .map((row): StoredBulk => BulkRow.parse(row)),
  }
}

const DefinitionRow = z.object({
  team: TeamId,
  workflow: z.string(),
  version: z.int(),
  shape: z.string(),
  at: z.int(),
})

const BulkRow = z.object({
  id: BulkId,
  team: TeamId,
  status: z.enum(['draft', 'running', 'ended', 'forgotten']),
  version: z.int(),
  since: z.int(),
  sealed: z.instanceof(Uint8Array),
})
