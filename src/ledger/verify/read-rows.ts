import type Database from 'better-sqlite3'

export interface LeafRow {
  leaf: number
  entryRow: number
  entry: string
  hash: Uint8Array
}

export interface EntryRow {
  row: number
  id: string
  team: string
  at: number
  kind: string
  actor: string
  run: string | null
  step: string | null
  service: string | null
  method: string | null
  status: number | null
  bytes: string
}

/** A walk through a table of which the next row can be looked at before it is taken. */
export interface Walk<Row> {
  next(): Row | undefined
  take(): Row | undefined
}

const AT_ONCE = 2048
/** Also rows that somebody put before the first. */
const BEFORE_ALL = Number.MIN_SAFE_INTEGER

/** The leaves by number. */
export const walkLeaves = (db: Database.Database): Walk<LeafRow> =>
  walk(
    db.prepare<[number, number], LeafRow>(
      'SELECT leaf, entry_row AS entryRow, entry, hash FROM leaves WHERE leaf > ? ORDER BY leaf LIMIT ?',
    ),
    ({ leaf }) => leaf,
  )

/** The entries in the order in which they were written. */
export const walkEntries = (db: Database.Database): Walk<EntryRow> =>
  walk(
    db.prepare<[number, number], EntryRow>(
      `SELECT rowid AS row, id, team, at, kind, actor, run, step, service, method, status, bytes FROM entries
        WHERE rowid > ? ORDER BY rowid LIMIT ?`,
    ),
    ({ row }) => row,
  )

/** Page by page, so that a running Purser's journal does not have to wait for the end. */
function walk<Row>(page: Database.Statement<[number, number], Row>, keyOf: (row: Row) => number): Walk<Row> {
  let rows: Row[] = []
  let at = 0
  let last = BEFORE_ALL
  const next = (): Row | undefined => {
    if (at < rows.length || (rows.length < AT_ONCE && rows.length > 0)) return rows[at]
    rows = page.all(last, AT_ONCE)
    at = 0
    const end = rows.at(-1)
    if (end !== undefined) last = keyOf(end)
    return rows[0]
  }
  return {
    next,
    take() {
      const row = next()
      at += 1
      return row
    },
  }
}
