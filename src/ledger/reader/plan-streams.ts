import type Database from 'better-sqlite3'
import type { EntryFilter } from '../../../db/store.ts'
import { quietLook } from '../../domain/looks.ts'
import { quietPainting } from '../../domain/painting.ts'
import type { StreamPlan } from './entry-stream.ts'

/** The rest of a filter, checked on each row that an index gives. */
interface Residual {
  sql: string
  params: Record<string, string | number>
}

/** As the partial index says it: SQLite takes one only for its own words. */
const NOT_A_CALL = "substr(e.kind, 1, 5) <> 'call.'"

/**
 * The walks that find a filter's entries, through the index that leaves least to look at. Each gives ids in falling
 * order, so that no match has to be sorted; `INDEXED BY` fails loudly should an index be gone.
 */
export function planStreams(db: Database.Database, filter: EntryFilter): StreamPlan[] {
  const { team } = filter
  const residual = residualOf(filter)
  const walk = (index: string, driver: string, params: Record<string, string | number> = {}): StreamPlan => ({
    sql: `SELECT e.id AS id, (${residual.sql}) AS fits FROM entries e INDEXED BY ${index}
      WHERE ${driver} AND e.id < $from AND e.id >= $floor ORDER BY e.id DESC LIMIT $count`,
    params: { ...residual.params, ...params },
  })

  if (filter.run !== undefined) {
    return runIds(db, team, filter.run).map((run) => walk('entries_by_run', 'e.run = $run', { run }))
  }
  if (filter.subjects) return filter.subjects.map((subject) => subjectWalk(residual, subject))
  if (filter.services || filter.status) {
    const services = filter.services ?? distinctServices(db, team)
    const driver = 'e.team = $team AND e.service = $service'
    return services.flatMap((service) => [
      ...statuses(db, { team, service, status: filter.status }).map((status) =>
        walk('entries_by_service', `${driver} AND e.status = $at`, { service, at: status }),
      ),
      ...(filter.status ? [] : [walk('entries_by_service', `${driver} AND e.status IS NULL`, { service })]),
    ])
  }
  if (filter.kinds?.every((kind) => !kind.startsWith('call.'))) {
    const driver = `e.team = $team AND e.kind = $kind AND ${NOT_A_CALL}`
    return filter.kinds.map((kind) => walk('entries_by_kind', driver, { kind }))
  }
  return [walk('entries_by_id', 'true')]
}

function subjectWalk(residual: Residual, subject: string): StreamPlan {
  return {
    sql: `SELECT e.id AS id, (${residual.sql}) AS fits FROM entry_subjects s CROSS JOIN entries e ON e.id = s.entry
      WHERE s.subject = $subject AND s.entry < $from AND s.entry >= $floor ORDER BY s.entry DESC LIMIT $count`,
    params: { ...residual.params, subject },
  }
}

function residualOf(filter: EntryFilter): Residual {
  const params: Record<string, string | number> = { team: filter.team }
  const parts = ['e.team = $team']
  const list = (column: string, values: readonly string[]): string => {
    const names = values.map((value, index) => {
      params[`${column}${index}`] = value
      return `$${column}${index}`
    })
    return `(${names.join(', ')})`
  }
  const oneOf = (column: string, values: readonly string[]): string =>
    `coalesce(e.${column} IN ${list(column, values)}, 0)`
  // Without a run, each subject has a walk of its own.
  if (filter.subjects && filter.run !== undefined) {
    const subjects = list('subject', filter.subjects)
    parts.push(`EXISTS (SELECT 1 FROM entry_subjects s WHERE s.subject IN ${subjects} AND s.entry = e.id)`)
  }
  if (filter.services) parts.push(oneOf('service', filter.services))
  if (filter.kinds) parts.push(oneOf('kind', filter.kinds))
  if (filter.step !== undefined) {
    // The name of an `each` finds its items too.
    parts.push("coalesce(e.step = $step OR substr(e.step, 1, length($step) + 1) = $step || ':', 0)")
    params.step = filter.step
  }
  for (const column of ['method', 'actor'] as const) {
    const value = filter[column]
    if (value !== undefined) parts.push(oneOf(column, [value]))
  }
  if (filter.status) {
    parts.push('coalesce(e.status BETWEEN $statusFrom AND $statusTo, 0)')
    Object.assign(params, { statusFrom: filter.status.from, statusTo: filter.status.to })
  }
  if (filter.looks === false) parts.push(`NOT ${quietLook('e.')}`)
  if (filter.painting !== undefined) parts.push(`${filter.painting ? '' : 'NOT '}${quietPainting('e.')}`)
  return { sql: parts.join(' AND '), params }
}

/** Ids of the runs that a person means: a whole id, or the end of one that is at least as long as a short id. */
function runIds(db: Database.Database, team: string, run: string): string[] {
  return db
    .prepare<[string, string, number, string], string>(
      'SELECT id FROM runs WHERE team = ? AND short_id = ? AND substr(id, ?) = ?',
    )
    .pluck()
    .all(team, run.slice(-8), -run.length, run)
}

/** Each service that occurs, by one seek each. */
function distinctServices(db: Database.Database, team: string): string[] {
  const next = db
    .prepare<[string, string], string | null>(
      'SELECT min(service) FROM entries INDEXED BY entries_by_service WHERE team = ? AND service > ?',
    )
    .pluck()
  const found: string[] = []
  for (let service = next.get(team, ''); service; service = next.get(team, service)) found.push(service)
  return found
}

interface StatusesOf {
  team: string
  service: string
  status: EntryFilter['status']
}

/** Each status that occurs with a service, by one seek each: there are some dozens at most. */
function statuses(db: Database.Database, { team, service, status }: StatusesOf): number[] {
  const next = db
    .prepare<[string, string, number, number], number | null>(
      `SELECT min(status) FROM entries INDEXED BY entries_by_service
        WHERE team = ? AND service = ? AND status >= ? AND status <= ?`,
    )
    .pluck()
  const { from, to } = status ?? { from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER }
  const found: number[] = []
  let one = next.get(team, service, from, to)
  while (one !== null && one !== undefined) {
    found.push(one)
    one = next.get(team, service, one + 1, to)
  }
  return found
}
