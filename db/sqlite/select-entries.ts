import type Database from 'better-sqlite3'
import type { EntryId } from '../../src/domain/ids.ts'
import { quietLook } from '../../src/domain/looks.ts'
import { quietPainting } from '../../src/domain/painting.ts'
import type { EntryFilter } from '../store.ts'

export interface EntryRow {
  id: EntryId
  bytes: string
}

/** Rows of entries that match, newest first, from behind `before`; keyset pages, so that a page costs the same anywhere. */
export function selectEntries(
  db: Database.Database,
  filter: EntryFilter,
  page: { before: EntryId | null; limit: number },
): EntryRow[] {
  const { where, params } = conditions(filter)
  if (page.before) {
    where.push('id < ?')
    params.push(page.before)
  }
  return db
    .prepare<unknown[], EntryRow>(`SELECT id, bytes FROM entries WHERE ${where.join(' AND ')} ORDER BY id DESC LIMIT ?`)
    .all(...params, page.limit)
}

function conditions(filter: EntryFilter): { where: string[]; params: (string | number)[] } {
  const where = ['team = ?']
  const params: (string | number)[] = [filter.team]
  const add = (condition: string, ...values: (string | number)[]): void => {
    where.push(condition)
    params.push(...values)
  }
  const list = (values: readonly string[]): string => values.map(() => '?').join(', ')

  if (filter.run !== undefined) {
    const end = filter.run.slice(-8)
    add(
      'run IN (SELECT id FROM runs WHERE team = ? AND short_id = ? AND substr(id, ?) = ?)',
      filter.team,
      end,
      -filter.run.length,
      filter.run,
    )
  }
  if (filter.subjects) {
    add(`id IN (SELECT entry FROM entry_subjects WHERE subject IN (${list(filter.subjects)}))`, ...filter.subjects)
  }
  if (filter.services) add(`service IN (${list(filter.services)})`, ...filter.services)
  if (filter.status) add('status BETWEEN ? AND ?', filter.status.from, filter.status.to)
  if (filter.kinds) {
    const either = filter.kinds.map(() => '(kind = ? OR kind GLOB ?)').join(' OR ')
    // As the index says it: SQLite takes a partial index only for its own words.
    if (!filter.kinds.some((kind) => kind.startsWith('call'))) add("substr(kind, 1, 5) <> 'call.'")
    add(`(${either})`, ...filter.kinds.flatMap((kind) => [kind, `${kind.replace(/[*?[\]]/g, '')}.*`]))
  }
  if (filter.step !== undefined) {
    add('(step = ? OR substr(step, 1, ?) = ?)', filter.step, filter.step.length + 1, `${filter.step}:`)
  }
  if (filter.method !== undefined) add('method = ?', filter.method)
  if (filter.actor !== undefined) add('actor = ?', filter.actor)
  if (filter.looks === false) add(`NOT ${quietLook('')}`)
  if (filter.painting !== undefined) add(`${filter.painting ? '' : 'NOT '}${quietPainting('')}`)
  if (filter.since !== undefined) add('id >= ?', firstIdAt(filter.since))
  if (filter.until !== undefined) add('id < ?', firstIdAt(filter.until))
  return { where, params }
}

/** Ids begin with their time, so that a time is a place among them. */
function firstIdAt(ms: number): string {
  const hex = Math.max(0, Math.floor(ms)).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}`
}
