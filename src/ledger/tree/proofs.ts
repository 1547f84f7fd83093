import { nodesBetween } from './compact-range.ts'
import { nodeHash } from './hash.ts'

/** The hash of a complete subtree: over the leaves from `place * 2^level` to `(place + 1) * 2^level`. */
export type NodeOf = (level: number, place: number) => Uint8Array

/** The root over the leaves from `from` to `to`, where a node of the tree begins at `from`. */
export function rangeRoot(nodeOf: NodeOf, from: number, to: number): Uint8Array {
  return nodesBetween(from, to)
    .map(({ level, place }) => nodeOf(level, place))
    .reduceRight((right, left) => nodeHash(left, right))
}

/** The hashes that lead from a leaf to the root of the tree of `size` leaves (RFC 6962 §2.1.1). */
export function inclusionProof(nodeOf: NodeOf, leaf: number, size: number): Uint8Array[] {
  const path: Uint8Array[] = []
  let [from, to] = [0, size]
  while (to - from > 1) {
    const middle = from + splitOf(to - from)
    if (leaf < middle) path.push(rangeRoot(nodeOf, middle, to))
    else path.push(rangeRoot(nodeOf, from, middle))
    if (leaf < middle) to = middle
    else from = middle
  }
  return path.reverse()
}

/** The hashes that show that the tree of `older` leaves is the beginning of that of `newer` (RFC 6962 §2.1.2). */
export function consistencyProof(nodeOf: NodeOf, older: number, newer: number): Uint8Array[] {
  if (older === 0) return []
  const path: Uint8Array[] = []
  let [from, to] = [0, newer]
  while (to !== older) {
    const middle = from + splitOf(to - from)
    if (older <= middle) {
      path.push(rangeRoot(nodeOf, middle, to))
      to = middle
    } else {
      path.push(rangeRoot(nodeOf, from, middle))
      from = middle
    }
  }
  // The older root itself is known to whoever verifies.
  if (from > 0) path.push(rangeRoot(nodeOf, from, to))
  return path.reverse()
}

/** The largest power of two below `count`. */
function splitOf(count: number): number {
  let split = 1
  while (split * 2 < count) split *= 2
  return split
}
