import type Database from 'better-sqlite3'
import { CompactRange, leftNodes } from './compact-range.ts'
import type { NodeOf } from './proofs.ts'

/** Of the nodes above the leaves, only those of every 8th level are kept: one hash for 256 below. */
export const isKeptLevel = (level: number): boolean => level % KEPT_EVERY === 0
const KEPT_EVERY = 8

/** The tree as the database holds it; a node that is not kept is computed from those below. Throws where one is gone. */
export function storedTree(db: Database.Database): {
  size(): number
  nodeOf: NodeOf
  range(size: number): CompactRange
} {
  const count = db.prepare<[], number>('SELECT coalesce(max(leaf) + 1, 0) FROM leaves').pluck()
  const leaves = db
    .prepare<[number, number], Buffer>('SELECT hash FROM leaves WHERE leaf >= ? AND leaf < ? ORDER BY leaf')
    .pluck()
  const nodes = db
    .prepare<[number, number, number], Buffer>(
      'SELECT hash FROM tree_nodes WHERE level = ? AND place >= ? AND place < ? ORDER BY place',
    )
    .pluck()
  const nodeOf: NodeOf = (level, place) => {
    const kept = level - (level % KEPT_EVERY)
    const width = 2 ** (level - kept)
    const [from, to] = [place * width, (place + 1) * width]
    const hashes = kept === 0 ? leaves.all(from, to) : nodes.all(kept, from, to)
    if (hashes.length !== width) throw new Error(`The ledger's tree has a hole: level ${kept}, from ${from} to ${to}`)
    const range = new CompactRange()
    for (const hash of hashes) range.append(hash)
    return range.root()
  }
  return {
    size: () => count.get() ?? 0,
    nodeOf,
    range: (size) =>
      new CompactRange(
        size,
        leftNodes(size).map(({ level, place }) => nodeOf(level, place)),
      ),
  }
}
