import type Database from 'better-sqlite3'
import { listSegments } from '../../../db/sqlite/segment-queries.ts'
import type { StoredSegment } from '../../../db/store.ts'
import { findCheckpoints } from '../checkpoint.ts'
import { firstIdAt } from '../reader/read-page.ts'
import type { LeafRange } from '../verify/export-ledger.ts'
import { writeSegment } from './segment-file.ts'

export interface ArchiveRequest {
  folder: string
  now: number
  /** Entries of before this time leave the database, in milliseconds since 1970. */
  olderThan: number
}

/** Entries of a segment: some tens of megabytes before compression. */
const A_SEGMENT = 20_000
/** Fewer than a whole segment wait for each other, for this long at most. */
const WAIT_MS = 30 * 86_400_000

/** Writes the next segment of the ledger where one is due; null when none is. */
export function archiveNext(
  db: Database.Database,
  request: ArchiveRequest,
  aSegment: number = A_SEGMENT,
): StoredSegment | null {
  const range = nextRange(db, request, aSegment)
  return range && writeSegment(db, { range, folder: request.folder, now: request.now })
}

function nextRange(db: Database.Database, { olderThan }: ArchiveRequest, aSegment: number): LeafRange | null {
  const note = db.prepare<[], string>('SELECT note FROM checkpoints ORDER BY size DESC LIMIT 1').pluck().get()
  const [checkpoint] = note === undefined ? [] : findCheckpoints(note)
  const from = listSegments(db).at(-1)?.toLeaf ?? 0
  const end = Math.min(from + aSegment, checkpoint?.size ?? 0)
  if (end <= from) return null
  const young = db
    .prepare<[number, number, string], number | null>(
      'SELECT min(leaf) FROM leaves WHERE leaf >= ? AND leaf < ? AND entry >= ?',
    )
    .pluck()
    .get(from, end, firstIdAt(olderThan))
  const to = young ?? end
  if (to <= from) return null
  if (to - from === aSegment) return { from, to }
  const oldest = db.prepare<[number], string>('SELECT entry FROM leaves WHERE leaf = ?').pluck().get(from) ?? ''
  return oldest < firstIdAt(olderThan - WAIT_MS) ? { from, to } : null
}
