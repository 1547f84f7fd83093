import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type Database from 'better-sqlite3'
import type { StoredSegment } from '../../../db/store.ts'
import { leafHash } from '../tree/hash.ts'
import { exportLines, type LeafRange } from '../verify/export-ledger.ts'
import { digestOf, readSegment } from './read-segment.ts'

/** The folder in the data folder that holds them. */
export const SEGMENTS = 'segments'
const COMPRESSION = 9

/** Leaves with leading zeros, so that the files sort as they follow each other. */
const nameOf = ({ from, to }: LeafRange): string =>
  `segment-${String(from).padStart(12, '0')}-${String(to - 1).padStart(12, '0')}.jsonl.gz`

/**
 * Writes a part of the ledger as the export that `verify.mjs` checks, compressed; on disk, and read again, when it
 * returns. Throws where what stands in the file is not what the tree holds.
 */
export function writeSegment(
  db: Database.Database,
  { range, folder, now }: { range: LeafRange; folder: string; now: number },
): StoredSegment {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = nameOf(range)
  const path = join(folder, file)
  const lines = [...exportLines({ db, range, against: [], segments: null })]
  const bytes = gzipSync(Buffer.from(lines.join('')), { level: COMPRESSION })
  writeDurably(path, bytes, folder)
  checkWritten(db, path, range)
  const rows = db
    .prepare<[number, number], { firstRow: number; lastRow: number; newest: string }>(
      `SELECT min(entry_row) AS firstRow, max(entry_row) AS lastRow, max(entry) AS newest FROM leaves
        WHERE leaf >= ? AND leaf < ?`,
    )
    .get(range.from, range.to)
  if (!rows) throw new Error(`The ledger has no leaves from ${range.from} to ${range.to}`)
  const { newest, ...ends } = rows
  const digest = digestOf(bytes)
  return { fromLeaf: range.from, toLeaf: range.to, ...ends, file, digest, newest: timeOf(newest), at: now }
}

function writeDurably(path: string, bytes: Buffer, folder: string): void {
  const handle = openSync(`${path}.new`, 'w', 0o600)
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(`${path}.new`, path)
  const directory = openSync(folder, 'r')
  try {
    fsyncSync(directory)
  } finally {
    closeSync(directory)
  }
}

/** The file is the only copy later: every entry of it is held against its leaf before that. */
function checkWritten(db: Database.Database, path: string, { from, to }: LeafRange): void {
  const hashOf = db.prepare<[number], Buffer>('SELECT hash FROM leaves WHERE leaf = ?').pluck()
  let next = from
  for (const { leaf, bytes } of readSegment(path)) {
    const hash = hashOf.get(next)
    if (leaf !== next || typeof bytes !== 'string' || !hash || Buffer.compare(leafHash(bytes), hash) !== 0) {
      throw new Error(`Leaf ${next} of the ledger does not stand in ${path} as it was sealed`)
    }
    next += 1
  }
  if (next !== to) throw new Error(`${path} ends at leaf ${next} instead of ${to}`)
}

/** Ids begin with their time, in milliseconds since 1970. */
const timeOf = (id: string): number => Number.parseInt(id.replace('-', '').slice(0, 12), 16)
