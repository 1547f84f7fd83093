import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { createGroupCommit } from '../../../db/sqlite/group-commit.ts'
import { openDatabase } from '../../../db/sqlite/open-database.ts'
import { quickFolder } from '../../support/temp-folder.ts'

type FileName = 'db' | 'wal'

/** What was done to the files, in its order. */
export type FileOperation =
  | { kind: 'write'; file: FileName; at: number; bytes: Buffer }
  /** Everything written to the file before is on the disk from here on. */
  | { kind: 'sync'; file: FileName }
  /** Whoever gave the rows of this group to the store was told that they are kept. */
  | { kind: 'acknowledged'; group: number }

export interface Recording {
  /** The files before the first operation, all of it on the disk. */
  db: Buffer
  wal: Buffer
  operations: FileOperation[]
  /** How many rows each group has. */
  groups: number[]
  checkpoints: number
}

const WAL_HEADER = 32
const FRAME_HEADER = 24
/** Pages after which SQLite copies the log into the file: few, so that it happens often. */
const CHECKPOINT_PAGES = 60

/**
 * Commits groups of rows as the store does, and derives from the files what SQLite did to them. Where it syncs is what
 * its source says: the log's header after it begins anew; the log at each commit, if the connection runs FULL; the log,
 * then the file, around a checkpoint.
 */
export async function recordWrites(mode: 'as-opened' | 'NORMAL', groups: number): Promise<Recording> {
  using folder = quickFolder()
  const path = join(folder.path, 'purser.db')
  const db = openDatabase(path)
  try {
    if (mode === 'NORMAL') db.pragma('synchronous = NORMAL')
    const syncsCommits = Number(db.pragma('synchronous', { simple: true })) >= 2
    db.exec('CREATE TABLE kept (grp INTEGER, number INTEGER, body BLOB, PRIMARY KEY (grp, number)) STRICT')
    db.pragma('wal_checkpoint(TRUNCATE)')
    db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`)
    return await record(db, { path, syncsCommits, groups })
  } finally {
    db.close()
  }
}

async function record(
  db: Database.Database,
  how: { path: string; syncsCommits: boolean; groups: number },
): Promise<Recording> {
  const insert = db.prepare('INSERT INTO kept VALUES (?, ?, ?)')
  const commits = createGroupCommit<readonly [number, number], void>({
    db,
    write: ([group, number]) => void insert.run(group, number, bodyOf(group, number)),
    onDiskFailure: (error) => {
      throw error
    },
  })
  const first = filesAt(how.path)
  const recording: Recording = { ...first, operations: [], groups: [], checkpoints: 0 }
  let before = first
  for (let group = 0; group < how.groups; group++) {
    const rows = 1 + (group % 5)
    recording.groups.push(rows)
    await Promise.all(Array.from({ length: rows }, (_, number) => commits.commit([group, number])))
    const after = filesAt(how.path)
    const didCheckpoint = !after.db.equals(before.db)
    if (didCheckpoint) recording.checkpoints += 1
    recording.operations.push(
      ...logWrites(before.wal, after.wal),
      ...(how.syncsCommits ? [{ kind: 'sync', file: 'wal' } as const] : []),
      ...(didCheckpoint ? checkpointWrites(before.db, after.db) : []),
      { kind: 'acknowledged', group },
    )
    before = after
  }
  return recording
}

/** Of different lengths, so that groups end anywhere in a page. */
export const bodyOf = (group: number, number: number): Buffer =>
  Buffer.alloc(400 + ((group * 977 + number * 131) % 3_000), `${group}/${number};`)

function filesAt(path: string): { db: Buffer; wal: Buffer } {
  const read = (name: string): Buffer => (existsSync(name) ? readFileSync(name) : Buffer.alloc(0))
  return { db: read(path), wal: read(`${path}-wal`) }
}

/** The frames that were appended; when the log began anew, its header is on the disk before any of them. */
function logWrites(before: Buffer, after: Buffer): FileOperation[] {
  const pageSize = after.readUInt32BE(8)
  const isNew = !before.subarray(0, WAL_HEADER).equals(after.subarray(0, WAL_HEADER))
  const header: FileOperation[] = isNew
    ? [
        { kind: 'write', file: 'wal', at: 0, bytes: after.subarray(0, WAL_HEADER) },
        { kind: 'sync', file: 'wal' },
      ]
    : []
  const size = FRAME_HEADER + pageSize
  const frames: FileOperation[] = []
  for (let at = WAL_HEADER; at + size <= after.length; at += size) {
    const bytes = after.subarray(at, at + size)
    if (!bytes.equals(before.subarray(at, at + size))) frames.push({ kind: 'write', file: 'wal', at, bytes })
  }
  return [...header, ...frames]
}

function checkpointWrites(before: Buffer, after: Buffer): FileOperation[] {
  const pageSize = after.readUInt16BE(16)
  const pages: FileOperation[] = []
  for (let at = 0; at < after.length; at += pageSize) {
    const bytes = after.subarray(at, at + pageSize)
    if (!bytes.equals(before.subarray(at, at + pageSize))) pages.push({ kind: 'write', file: 'db', at, bytes })
  }
  return [{ kind: 'sync', file: 'wal' }, ...pages, { kind: 'sync', file: 'db' }]
}
