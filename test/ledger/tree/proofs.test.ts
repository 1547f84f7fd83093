import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CompactRange, leftNodes, nodesBetween } from '../../../src/ledger/tree/compact-range.ts'
import { leafHash } from '../../../src/ledger/tree/hash.ts'
import { consistencyProof, inclusionProof, type NodeOf, rangeRoot } from '../../../src/ledger/tree/proofs.ts'
import { provesConsistency, provesInclusion } from './verify-proofs.ts'

const sha = (...parts: (string | Uint8Array)[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** The definitions of RFC 6962 §2.1, word by word and without any thrift. */
function naiveRoot(leaves: readonly string[]): Buffer {
  if (leaves.length <= 1) return leaves.length === 0 ? sha() : sha('\0', leaves[0] ?? '')
  const middle = naiveSplit(leaves.length)
  return sha('\u0001', naiveRoot(leaves.slice(0, middle)), naiveRoot(leaves.slice(middle)))
}
function naivePath(leaf: number, leaves: readonly string[]): Buffer[] {
  if (leaves.length === 1) return []
  const middle = naiveSplit(leaves.length)
  return leaf < middle
    ? [...naivePath(leaf, leaves.slice(0, middle)), naiveRoot(leaves.slice(middle))]
    : [...naivePath(leaf - middle, leaves.slice(middle)), naiveRoot(leaves.slice(0, middle))]
}
function naiveSubproof(older: number, leaves: readonly string[], whole: boolean): Buffer[] {
  if (older === leaves.length) return whole ? [] : [naiveRoot(leaves)]
  const middle = naiveSplit(leaves.length)
  return older <= middle
    ? [...naiveSubproof(older, leaves.slice(0, middle), whole), naiveRoot(leaves.slice(middle))]
    : [...naiveSubproof(older - middle, leaves.slice(middle), false), naiveRoot(leaves.slice(0, middle))]
}
const naiveSplit = (count: number): number => 2 ** (Math.ceil(Math.log2(count)) - 1)

const nodesOf =
  (leaves: readonly string[]): NodeOf =>
  (level, place) =>
    naiveRoot(leaves.slice(place * 2 ** level, (place + 1) * 2 ** level))
const leavesOf = (count: number): string[] => Array.from({ length: count }, (_, index) => `entry ${index} é😀`)
const grown = (leaves: readonly string[]): CompactRange => {
  const range = new CompactRange()
  for (const leaf of leaves) range.append(leafHash(leaf))
  return range
}
const texts = fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 70 })

describe('a tree', () => {
  test('has the root of RFC 6962 at every size, and tells each node when it is complete', () => {
    fc.assert(
      fc.property(texts, (leaves) => {
        const range = new CompactRange()
        for (const [index, leaf] of leaves.entries()) {
          for (const { level, place, hash } of range.append(leafHash(leaf))) {
            expect(Buffer.from(hash)).toEqual(nodesOf(leaves)(level, place))
          }
          expect(Buffer.from(range.root())).toEqual(naiveRoot(leaves.slice(0, index + 1)))
        }
      }),
      { numRuns: 60 },
    )
    expect(Buffer.from(new CompactRange().root())).toEqual(naiveRoot([]))
  })

  test('grows on from the nodes of any size, and from a range of leaves between nodes on both sides', () => {
    fc.assert(
      fc.property(texts, fc.nat(), fc.nat(), (leaves, a, b) => {
        const [from, to] = [a % (leaves.length + 1), b % (leaves.length + 1)].sort((x, y) => x - y) as [number, number]
        const nodeOf = nodesOf(leaves)
        const range = new CompactRange(
          from,
          leftNodes(from).map(({ level, place }) => nodeOf(level, place)),
        )
        for (const leaf of leaves.slice(from, to)) range.append(leafHash(leaf))
        expect(Buffer.from(range.root())).toEqual(naiveRoot(leaves.slice(0, to)))
        for (const { level, place } of nodesBetween(to, leaves.length)) range.append(nodeOf(level, place), level)
        expect(Buffer.from(range.root())).toEqual(naiveRoot(leaves))
        expect(range.size).toBe(leaves.length)
      }),
      { numRuns: 100 },
    )
  })
})

describe('proofs', () => {
  test('of inclusion are those of RFC 6962 for every leaf of every size, and hold', () => {
    for (let size = 1; size <= 33; size += 1) {
      const leaves = leavesOf(size)
      const root = grown(leaves).root()
      for (let leaf = 0; leaf < size; leaf += 1) {
        const proof = inclusionProof(nodesOf(leaves), leaf, size)
        expect(proof.map((hash) => Buffer.from(hash))).toEqual(naivePath(leaf, leaves))
        expect(provesInclusion({ leaf, size, leafHash: leafHash(leaves[leaf] ?? ''), root, proof })).toBe(true)
      }
    }
  })

  test('of consistency are those of RFC 6962 for every pair of sizes, and hold', () => {
    for (let newer = 1; newer <= 33; newer += 1) {
      const leaves = leavesOf(newer)
      for (let older = 1; older <= newer; older += 1) {
        const proof = consistencyProof(nodesOf(leaves), older, newer)
        expect(proof.map((hash) => Buffer.from(hash))).toEqual(naiveSubproof(older, leaves, true))
        const [olderRoot, newerRoot] = [grown(leaves.slice(0, older)).root(), rangeRoot(nodesOf(leaves), 0, newer)]
        expect(provesConsistency({ older, newer, olderRoot, newerRoot, proof })).toBe(true)
      }
    }
  })

  test('hold for nothing else: another leaf, another size, a hash that is changed, missing or too many', () => {
    let refused = 0
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 40 }), fc.nat(), fc.nat(), (size, a, bit) => {
        const leaves = leavesOf(size)
        const leaf = a % size
        const proof = inclusionProof(nodesOf(leaves), leaf, size)
        const right = { leaf, size, leafHash: leafHash(leaves[leaf] ?? ''), root: grown(leaves).root(), proof }
        const flipped = proof.map((hash) => Buffer.from(hash))
        const victim = flipped[bit % flipped.length]
        if (victim) victim[bit % 32] = (victim[bit % 32] ?? 0) ^ 1
        const wrong = [
          { ...right, leaf: (leaf + 1) % size },
          { ...right, leafHash: leafHash('another') },
          { ...right, proof: flipped },
          { ...right, proof: proof.slice(1) },
          { ...right, proof: [...proof, right.root] },
          { ...right, leaf: size },
          { ...right, proof: [...proof.slice(1), Buffer.alloc(31)] },
        ]
        expect(provesInclusion(right)).toBe(true)
        expect(wrong.map(provesInclusion)).toEqual(wrong.map(() => false))
        refused += wrong.length
      }),
      { numRuns: 100 },
    )
    expect(refused).toBeGreaterThan(0)
  })

  test('an entry that looks like a node is none: leaves and nodes are hashed apart', () => {
    const [left, right] = [leafHash('a'), leafHash('b')]
    const forged = Buffer.concat([left, right]).toString('latin1')
    expect(Buffer.from(leafHash(forged))).not.toEqual(Buffer.from(grown(['a', 'b']).root()))
  })
})
