import type Database from 'better-sqlite3'
import type { StoredCheckpoint } from '../../../db/store.ts'
import { UserMistake } from '../../domain/errors.ts'
import { type Checkpoint, findCheckpoints } from '../checkpoint.ts'
import { firstIdAt } from '../reader/read-page.ts'
import { archivedEntries } from '../retention/archived-entries.ts'
import { leftNodes, nodesBetween } from '../tree/compact-range.ts'
import { consistencyProof, inclusionProof } from '../tree/proofs.ts'
import { storedTree } from '../tree/stored-tree.ts'

/** Leaves from `from` to before `to`. */
export interface LeafRange {
  from: number
  to: number
}

interface Question {
  db: Database.Database
  range: LeafRange
  /** Anchored checkpoints that the export should be held against, also where they lie outside the range. */
  against: readonly Checkpoint[]
  /** The folder of the segments, for entries that left the database; null where there are none. */
  segments: string | null
}

const AT_ONCE = 1000

/**
 * The lines of an export (JSON, one to a line): a head with the hashes that tie the range to the newest checkpoint, the
 * checkpoints, proofs for others, and each entry's exact bytes. `verify/verify.mjs` reads it without Purser.
 */
export function* exportLines({ db, range, against, segments }: Question): Generator<string> {
  const newest = newestCheckpoint(db)
  const { nodeOf } = storedTree(db)
  const { from, to } = range
  const size = newest.size
  const hashes = (places: ReturnType<typeof leftNodes>): string[] =>
    places.map(({ level, place }) => base64(nodeOf(level, place)))
  const [left, right] = [hashes(leftNodes(from)), hashes(nodesBetween(to, size))]
  yield line({ purser: 'ledger-export', version: 1, origin: newest.origin, size, from, to, left, right })
  const notes = db
    .prepare<[number, number, number], string>(
      'SELECT note FROM checkpoints WHERE size BETWEEN ? AND ? OR size = ? ORDER BY size',
    )
    .pluck()
  for (const note of notes.all(from, to, size)) yield line({ checkpoint: note })
  for (const older of new Set(against.map((each) => each.size))) {
    if (older < 1 || older >= size || (older >= from && older <= to)) continue
    yield line({ consistency: { from: older, to: size, hashes: consistencyProof(nodeOf, older, size).map(base64) } })
  }
  yield* entryLines(db, range, segments)
}

/** The lines of a proof for one entry: an export of it alone, and its inclusion proof (RFC 6962). */
export function* proofLines({ leaf, ...from }: Omit<Question, 'range'> & { leaf: number }): Generator<string> {
  const { db } = from
  yield* exportLines({ ...from, range: { from: leaf, to: leaf + 1 } })
  const { size } = newestCheckpoint(db)
  const hashes = inclusionProof(storedTree(db).nodeOf, leaf, size).map(base64)
  yield line({ inclusion: { leaf, size, hashes } })
}

function* entryLines(db: Database.Database, { from, to }: LeafRange, segments: string | null): Generator<string> {
  const page = db.prepare<[number, number], { leaf: number; id: string; hash: Buffer; bytes: string | null }>(
    `SELECT leaf, entry AS id, hash, bytes FROM leaves LEFT JOIN entries ON entries.rowid = entry_row
      WHERE leaf >= ? AND leaf < ? ORDER BY leaf`,
  )
  const archived = archivedEntries(db, segments)
  for (let at = from; at < to; at += AT_ONCE) {
    for (const { leaf, id, hash, bytes } of page.all(at, Math.min(to, at + AT_ONCE))) {
      const kept = bytes ?? archived.at(leaf)?.entry?.bytes ?? null
      yield line({ leaf, id, hash: base64(hash), bytes: kept })
    }
  }
}

/** The leaves of the entries of a time, as far as checkpoints cover them; null stands for no bound. */
export function rangeOfTime(db: Database.Database, since: number | null, until: number | null): LeafRange {
  const { size } = newestCheckpoint(db)
  // Over the leaves: entries that stand in segments have them too.
  const one = (sql: string, value: string): number | null =>
    db.prepare<[string], number | null>(sql).pluck().get(value) ?? null
  const from = since === null ? null : one('SELECT min(leaf) FROM leaves WHERE entry >= ?', firstIdAt(since))
  const end = until === null ? null : one('SELECT max(leaf) + 1 FROM leaves WHERE entry < ?', firstIdAt(until))
  const range = {
    from: since === null ? 0 : Math.min(size, from ?? size),
    to: until === null ? size : Math.min(size, end ?? 0),
  }
  return range.from < range.to ? range : nothingThere()
}

function nothingThere(): never {
  throw new UserMistake({
    code: 'nothing-to-export',
    message: 'No entry of that time is covered by a checkpoint.',
    hint: 'Widen --since and --until; entries of the last minute may not be sealed yet.',
  })
}

/** The leaf of an entry. Throws UserMistake where it has none, or no checkpoint covers it. */
export function leafOf(db: Database.Database, entry: string): number {
  const leaf = db.prepare<[string], number>('SELECT leaf FROM leaves WHERE entry = ?').pluck().get(entry)
  if (leaf !== undefined && leaf < newestCheckpoint(db).size) return leaf
  throw new UserMistake({
    code: 'entry-not-sealed',
    message: `No checkpoint covers an entry ${entry}.`,
    hint: 'Check its id; an entry of the last minute may not be sealed yet.',
  })
}

/** The newest checkpoint of the ledger. Throws UserMistake where there is none yet. */
export function newestCheckpoint(db: Database.Database): Checkpoint {
  const stored = db
    .prepare<[], StoredCheckpoint>('SELECT size, at, note FROM checkpoints ORDER BY size DESC LIMIT 1')
    .get()
  const [checkpoint] = stored ? findCheckpoints(stored.note) : []
  if (checkpoint) return checkpoint
  throw new UserMistake({
    code: 'nothing-sealed',
    message: 'This ledger has no checkpoint yet.',
    hint: 'Purser makes one within a minute while it runs.',
  })
}

const base64 = (hash: Uint8Array): string => Buffer.from(hash).toString('base64')
const line = (value: object): string => `${JSON.stringify(value)}\n`
