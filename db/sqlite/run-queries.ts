import type Database from 'better-sqlite3'
import { and, asc, count, desc, eq, gt, gte, inArray, isNotNull, lt, lte, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { z } from 'zod'
import { AttemptId, HoldId, RunId, SubjectId, TeamId, UserId } from '../../src/domain/ids.ts'
import { RunStatus } from '../../src/domain/run-status.ts'
import { runs, subjects } from '../schema.ts'
import type { RunFilter, Store, StoredRun, Subject } from '../store.ts'

type RunQueries = Pick<
  Store,
  | 'run'
  | 'runs'
  | 'unfinishedRuns'
  | 'dueRuns'
  | 'nextWake'
  | 'runsInLine'
  | 'kin'
  | 'counts'
  | 'startsSince'
  | 'subjects'
  | 'subjectByKey'
  | 'findSubjects'
  | 'runHeads'
>

/** Reads of runs and of the subjects they are about. */
export function runQueries(db: Database.Database, orm: BetterSQLite3Database): RunQueries {
  const byId = orm
    .select()
    .from(runs)
    .where(and(eq(runs.team, sql.placeholder('team')), eq(runs.id, sql.placeholder('id'))))
    .prepare()
  // SQLite's own lower() leaves everything beyond ASCII as it is: Øystein would not be found by øystein.
  db.function('lower_all', { deterministic: true }, (text) => String(text).toLowerCase())
  const next = db.prepare<[], { at: number | null }>('SELECT min(wake_at) AS at FROM runs WHERE wake_at IS NOT NULL')
  const kin = db.prepare(KIN)
  const inLine = db.prepare('SELECT team, id FROM runs WHERE in_line IS NOT NULL ORDER BY in_line, id LIMIT ?')
  return {
    async run(team, id) {
      const row = byId.get({ team, id })
      return row ? parseRun(row) : null
    },
    runs: async (filter, limit) =>
      orm
        .select()
        .from(runs)
        .where(and(...runConditions(filter)))
        .orderBy(desc(runs.id))
        .limit(limit)
        .all()
        .map(parseRun),
    runHeads: async (filter, limit) =>
      orm
        .select(HEAD)
        .from(runs)
        .where(and(...runConditions(filter)))
        .orderBy(desc(runs.id))
        .limit(limit)
        .all()
        .map((row) => HeadRow.parse(row)),
    unfinishedRuns: async (after, limit) =>
      orm
        .select()
        .from(runs)
        .where(and(UNFINISHED, after ? gt(runs.id, after) : undefined))
        .orderBy(asc(runs.id))
        .limit(limit)
        .all()
        .map(parseRun),
    dueRuns: async (now, limit) =>
      orm
        .select({ team: runs.team, id: runs.id, wakeAt: runs.wakeAt })
        .from(runs)
        .where(and(isNotNull(runs.wakeAt), lte(runs.wakeAt, now)))
        .orderBy(asc(runs.wakeAt))
        .limit(limit)
        .all()
        .map((row) => DueRow.parse(row)),
    runsInLine: async (limit) => z.array(RunRow.pick({ team: true, id: true })).parse(inLine.all(limit)),
    nextWake: async () => next.get()?.at ?? null,
    kin: async (after, limit) => z.array(KinRow).parse(kin.all({ after: after ?? '', limit })),
    async counts(team) {
      const found = orm
        .select({ status: runs.status, n: count() })
        .from(runs)
        .where(eq(runs.team, team))
        .groupBy(runs.status)
        .all()
      const all = Object.fromEntries(RunStatus.options.map((status) => [status, 0])) as Record<RunStatus, number>
      for (const row of found) all[RunStatus.parse(row.status)] = row.n
      return all
    },
    startsSince: async ({ team, workflow, since }, limit) =>
      orm
        .select({ at: runs.startedAt })
        .from(runs)
        // Ids begin with their time: a walk along the primary key, whatever else is in the table.
        .where(and(gte(runs.id, firstIdAt(since)), eq(runs.team, team), eq(runs.workflow, workflow)))
        .orderBy(desc(runs.id))
        .limit(limit)
        .all()
        .map(({ at }) => at),
    ...subjectQueries(orm),
  }
}

const firstIdAt = (ms: number): RunId => {
  const hex = Math.max(0, ms).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}` as RunId
}

function subjectQueries(orm: BetterSQLite3Database): Pick<Store, 'subjects' | 'subjectByKey' | 'findSubjects'> {
  const byKey = orm
    .select()
    .from(subjects)
    .where(and(eq(subjects.team, sql.placeholder('team')), eq(subjects.key, sql.placeholder('key'))))
    .prepare()
  return {
    subjects: async (team, ids) =>
      ids.length === 0
        ? []
        : orm
            .select()
            .from(subjects)
            .where(and(eq(subjects.team, team), inArray(subjects.id, [...ids])))
            .all()
            .map(parseSubject),
    async subjectByKey(team, key) {
      const row = byKey.get({ team, key })
      return row ? parseSubject(row) : null
    },
    findSubjects: async (team, words, limit) =>
      orm
        .select()
        .from(subjects)
        .where(and(eq(subjects.team, team), ...words.map(holdsWord)))
        .orderBy(sql`length(${subjects.label})`, desc(subjects.id))
        .limit(limit)
        .all()
        .map(parseSubject),
  }
}

function holdsWord(word: string) {
  const like = `%${word.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
  return sql`(lower_all(${subjects.label}) LIKE ${like} ESCAPE '\\' OR ${subjects.key} LIKE ${like} ESCAPE '\\')`
}

function runConditions(filter: RunFilter) {
  return [
    eq(runs.team, filter.team),
    filter.subjects ? inArray(runs.subject, [...filter.subjects]) : undefined,
    filter.statuses ? inArray(runs.status, [...filter.statuses]) : undefined,
    filter.workflow ? eq(runs.workflow, filter.workflow) : undefined,
    filter.shortId ? eq(runs.shortId, filter.shortId) : undefined,
    filter.startedSince ? gte(runs.startedAt, filter.startedSince) : undefined,
    filter.owing ? gt(runs.owes, 0) : undefined,
    filter.asking ? ASKING : undefined,
    filter.starter ? eq(runs.starter, filter.starter) : undefined,
    filter.manager ? eq(runs.manager, filter.manager) : undefined,
    filter.before ? lt(runs.id, filter.before) : undefined,
    filter.endedSince ? gte(runs.endedAt, filter.endedSince) : undefined,
  ]
}

/** As its partial index says it: with a bound value it would not be used. */
const ASKING = sql`${runs.asks} > 0`

/** As the partial index says it. A run that has ended may still wait for its ticket. */
const UNFINISHED = sql`(${runs.endedAt} IS NULL OR ${runs.attempts} <> '[]')`

/** By the partial index of what has not ended, from both sides. */
const KIN = `SELECT run.team AS team, kin.parent AS parent, kin.run AS child FROM (
    SELECT children.run, children.parent FROM runs JOIN children ON children.run = runs.id
      WHERE (runs.ended_at IS NULL OR runs.attempts <> '[]') AND runs.id > :after
    UNION
    SELECT children.run, children.parent FROM runs JOIN children ON children.parent = runs.id
      WHERE (runs.ended_at IS NULL OR runs.attempts <> '[]') AND children.run > :after
  ) AS kin JOIN runs AS run ON run.id = kin.run ORDER BY kin.run LIMIT :limit`

const KinRow = z.object({ team: TeamId, parent: RunId, child: RunId })

const DueRow = z.object({ team: TeamId, id: RunId, wakeAt: z.int() })

const RunRow = z.object({
  id: RunId,
  team: TeamId,
  workflow: z.string(),
  definition: z.int(),
  status: RunStatus,
  version: z.int(),
  subject: SubjectId,
  startedAt: z.int(),
  endedAt: z.int().nullable(),
  wakeAt: z.int().nullable(),
  inLine: z.int().nullable(),
  attempts: z.string().transform((text) => z.array(AttemptId).parse(JSON.parse(text))),
  owes: z.int(),
  asks: z.int(),
  starter: UserId.nullable(),
  manager: UserId.nullable(),
  held: z.string().transform((text) => z.array(HoldId).parse(JSON.parse(text))),
  sealed: z.instanceof(Uint8Array),
})
const HEAD = {
  id: runs.id,
  team: runs.team,
  workflow: runs.workflow,
  status: runs.status,
  subject: runs.subject,
  startedAt: runs.startedAt,
  endedAt: runs.endedAt,
  starter: runs.starter,
  manager: runs.manager,
}
const HeadRow = RunRow.pick({
  id: true,
  team: true,
  workflow: true,
  status: true,
  subject: true,
  startedAt: true,
  endedAt: true,
  starter: true,
  manager: true,
})
const parseRun = (row: unknown): StoredRun => RunRow.parse(row)

const SubjectRow = z.object({ id: SubjectId, team: TeamId, key: z.string(), label: z.string() })
const parseSubject = (row: unknown): Subject => SubjectRow.parse(row)
