import { hash } from 'node:crypto'

/** Bytes of a hash of the tree: SHA-256. */
export const HASH_BYTES = 32

/** The root of a tree without leaves. */
export const EMPTY_ROOT: Buffer = hash('sha256', '', 'buffer')

/** The hash of a leaf (RFC 6962 §2.1): SHA-256 of 0x00 and the entry's bytes, given as the text whose UTF-8 they are. */
export const leafHash = (bytes: string): Buffer => hash('sha256', `\u0000${bytes}`, 'buffer')

const pair = Buffer.alloc(1 + 2 * HASH_BYTES, 1)

/** The hash of a node over two others: SHA-256 of 0x01, the left and the right. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  pair.set(left, 1)
  pair.set(right, 1 + HASH_BYTES)
  return hash('sha256', pair, 'buffer')
}

export const sameHash = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0
