import { EMPTY_ROOT, nodeHash } from './hash.ts'

/** A complete subtree: the leaves from `place * 2^level` to `(place + 1) * 2^level`. */
export interface TreeNode {
  level: number
  place: number
  hash: Uint8Array
}

/** What is left of a growing tree when only its root matters: one hash for each bit of its size. */
export class CompactRange {
  #size: number
  readonly #hashes: Uint8Array[]

  /** `hashes`: of the complete subtrees that `leftNodes` names for the size, from left to right. */
  constructor(size = 0, hashes: readonly Uint8Array[] = []) {
    this.#size = size
    this.#hashes = [...hashes]
  }

  get size(): number {
    return this.#size
  }

  /** Adds a leaf, or a whole subtree where one may stand; answers the nodes that it completed, lowest first. */
  append(hash: Uint8Array, level = 0): TreeNode[] {
    const completed: TreeNode[] = []
    let node = hash
    let at = level
    let place = this.#size / 2 ** level
    for (; place % 2 === 1; place = (place - 1) / 2) {
      node = nodeHash(this.#hashes.pop() ?? EMPTY_ROOT, node)
      at += 1
      completed.push({ level: at, place: (place - 1) / 2, hash: node })
    }
    this.#hashes.push(node)
    this.#size += 2 ** level
    return completed
  }

  root(): Uint8Array {
    return this.#hashes.length === 0 ? EMPTY_ROOT : this.#hashes.reduceRight((right, left) => nodeHash(left, right))
  }
}

type Place = Omit<TreeNode, 'hash'>

/** The complete subtrees that together cover the leaves from 0 to `size`, from left to right. */
export const leftNodes = (size: number): Place[] => nodesBetween(0, size)

/** The fewest complete subtrees that cover the leaves from `from` to `to`, from left to right. */
export function nodesBetween(from: number, to: number): Place[] {
  const nodes: Place[] = []
  for (let at = from; at < to; ) {
    let level = 0
    while (at % 2 ** (level + 1) === 0 && at + 2 ** (level + 1) <= to) level += 1
    nodes.push({ level, place: at / 2 ** level })
    at += 2 ** level
  }
  return nodes
}
