import type Database from 'better-sqlite3'
import type { SealedLeaves } from '../../../db/store.ts'
import type { EntryId } from '../../domain/ids.ts'
import { findCheckpoints } from '../checkpoint.ts'
import { leafHash, sameHash } from '../tree/hash.ts'
import { isKeptLevel, storedTree } from '../tree/stored-tree.ts'

/** Where a pass ended: the tree's size and root; or why it must not go on. */
export type PassEnd = { kind: 'sealed'; size: number; root: Uint8Array } | { kind: 'refused'; why: string }

/** Entries in one go: some milliseconds of the writer's time. */
const AT_ONCE = 512

interface Row {
  row: number
  id: EntryId
  bytes: string
}

/**
 * Gives every entry that has none its leaf, in the order in which they were written: yields leaves, and is told when
 * they are stored whether to go on. Entries that are written meanwhile are left to the next pass.
 */
export function* readUnsealed(db: Database.Database): Generator<SealedLeaves, PassEnd, boolean> {
  const why = disagreement(db)
  if (why !== null) return { kind: 'refused', why }
  const last = db.prepare<[], number>('SELECT coalesce(max(rowid), 0) FROM entries').pluck().get() ?? 0
  const sealedTo = db.prepare<[], number>('SELECT coalesce(max(entry_row), 0) FROM leaves').pluck()
  const unsealed = db.prepare<[number, number, number], Row>(
    'SELECT rowid AS row, id, bytes FROM entries WHERE rowid > ? AND rowid <= ? ORDER BY rowid LIMIT ?',
  )
  const tree = storedTree(db)
  const range = tree.range(tree.size())
  let from = sealedTo.get() ?? 0
  for (;;) {
    const rows = unsealed.all(from, last, AT_ONCE)
    if (rows.length === 0) return { kind: 'sealed', size: range.size, root: range.root() }
    const sealed: { leaves: SealedLeaves['leaves'][number][]; nodes: SealedLeaves['nodes'][number][] } = {
      leaves: [],
      nodes: [],
    }
    for (const { row, id, bytes } of rows) {
      const hash = leafHash(bytes)
      sealed.leaves.push({ leaf: range.size, entryRow: row, entry: id, hash })
      sealed.nodes.push(...range.append(hash).filter(({ level }) => isKeptLevel(level)))
      from = row
    }
    if (!(yield sealed)) return { kind: 'sealed', size: range.size, root: range.root() }
  }
}

/** Signing a tree that is not the continuation of the last signed one would vouch for what was changed in between. */
function disagreement(db: Database.Database): string | null {
  const note = db.prepare<[], string>('SELECT note FROM checkpoints ORDER BY size DESC LIMIT 1').pluck().get()
  if (note === undefined) return null
  const [checkpoint] = findCheckpoints(note)
  if (!checkpoint) return 'its newest checkpoint cannot be read'
  const tree = storedTree(db)
  if (tree.size() < checkpoint.size) {
    return `its newest checkpoint covers ${checkpoint.size} entries, and its tree has only ${tree.size()} leaves`
  }
  return sameHash(tree.range(checkpoint.size).root(), checkpoint.root)
    ? null
    : `its tree does not agree with its newest checkpoint, of ${checkpoint.size} entries`
}
