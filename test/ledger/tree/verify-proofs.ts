import { HASH_BYTES, nodeHash, sameHash } from '../../../src/ledger/tree/hash.ts'

interface Inclusion {
  leaf: number
  size: number
  leafHash: Uint8Array
  root: Uint8Array
  proof: readonly Uint8Array[]
}

/** Whether the proof leads from the leaf to the root (RFC 9162 §2.1.3.2). */
export function provesInclusion({ leaf, size, leafHash, root, proof }: Inclusion): boolean {
  if (leaf < 0 || leaf >= size || !areHashes([leafHash, root, ...proof])) return false
  let [at, last] = [leaf, size - 1]
  let hash = leafHash
  for (const other of proof) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(other, hash)
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, half(last)]
    } else hash = nodeHash(hash, other)
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && sameHash(hash, root)
}

interface Consistency {
  older: number
  newer: number
  olderRoot: Uint8Array
  newerRoot: Uint8Array
  proof: readonly Uint8Array[]
}

/** Whether the proof shows that the older tree is the beginning of the newer one (RFC 9162 §2.1.4.2); of nothing, nothing follows. */
export function provesConsistency({ older, newer, olderRoot, newerRoot, proof }: Consistency): boolean {
  if (older < 1 || older > newer) return false
  if (older === newer) return proof.length === 0 && sameHash(olderRoot, newerRoot)
  if (!areHashes([olderRoot, newerRoot, ...proof])) return false
  const path = isPowerOfTwo(older) ? [olderRoot, ...proof] : [...proof]
  const first = path.shift()
  if (first === undefined) return false
  let [at, last] = [older - 1, newer - 1]
  while (at % 2 === 1) [at, last] = [half(at), half(last)]
  let [left, right] = [first, first]
  for (const other of path) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      left = nodeHash(other, left)
      right = nodeHash(other, right)
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, half(last)]
    } else right = nodeHash(right, other)
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && sameHash(left, olderRoot) && sameHash(right, newerRoot)
}

const half = (value: number): number => Math.floor(value / 2)
const isPowerOfTwo = (value: number): boolean => Number.isInteger(Math.log2(value))
const areHashes = (all: readonly Uint8Array[]): boolean => all.every((hash) => hash.length === HASH_BYTES)
