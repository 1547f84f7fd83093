import type Database from 'better-sqlite3'
import { isDiskFailure, translate } from '../../src/domain/disk-trouble.ts'
import type { Store, StoredSegment } from '../store.ts'

type SegmentQueries = Pick<Store, 'segments' | 'removeArchived'>

/** Reads which parts of the ledger stand in files, and takes their entries out of the database. */
export function segmentQueries(db: Database.Database, onDiskFailure: (error: unknown) => void): SegmentQueries {
  const remove = createRemoval(db)
  return {
    segments: async () => listSegments(db),
    async removeArchived(limit) {
      try {
        return remove(limit)
      } catch (error) {
        if (isDiskFailure(error)) onDiskFailure(error)
        throw translate(error)
      }
    },
  }
}

/** Parts of the ledger that stand in files, oldest first; none in a database of before there were any. */
export function listSegments(db: Database.Database): StoredSegment[] {
  if (db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'segments'").get() === undefined)
    return []
  return db
    .prepare<[], StoredSegment>(
      `SELECT from_leaf AS fromLeaf, to_leaf AS toLeaf, first_row AS firstRow, last_row AS lastRow, file, digest, newest, at
        FROM segments ORDER BY from_leaf`,
    )
    .all()
}

interface ArchivedEntry {
  row: number
  id: string
  bytes: string
}

function createRemoval(db: Database.Database): (limit: number) => number {
  const next = db.prepare<[], { from: number; firstRow: number; lastRow: number }>(
    'SELECT from_leaf AS "from", first_row AS firstRow, last_row AS lastRow FROM segments WHERE emptied = 0 ORDER BY from_leaf',
  )
  const archived = db.prepare<[number, number, number], ArchivedEntry>(
    `SELECT rowid AS row, id, bytes FROM entries WHERE rowid BETWEEN ? AND ?
      AND NOT EXISTS (SELECT 1 FROM runs WHERE runs.id = entries.run AND (ended_at IS NULL OR attempts <> '[]'))
      ORDER BY rowid LIMIT ?`,
  )
  const isLeft = db
    .prepare<[number, number], number>('SELECT 1 FROM entries WHERE rowid BETWEEN ? AND ? LIMIT 1')
    .pluck()
  const entry = db.prepare<[number]>('DELETE FROM entries WHERE rowid = ?')
  const subject = db.prepare<[string, string]>('DELETE FROM entry_subjects WHERE subject = ? AND entry = ?')
  const emptied = db.prepare<[number]>('UPDATE segments SET emptied = 1 WHERE from_leaf = ?')

  return db.transaction((limit: number) => {
    for (const segment of next.all()) {
      const { firstRow, lastRow } = segment
      const rows = archived.all(firstRow, lastRow, limit)
      for (const { row, id, bytes } of rows) {
        entry.run(row)
        const { subjects } = JSON.parse(bytes) as { subjects: string[] }
        for (const each of subjects) subject.run(each, id)
      }
      // What is left is of runs that still need it: a later pass takes it.
      if (isLeft.get(firstRow, lastRow) === undefined) emptied.run(segment.from)
      if (rows.length > 0) return rows.length
    }
    return 0
  }).immediate
}
