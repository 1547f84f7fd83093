import type { SealedBody } from '../domain/entry.ts'

/**
 * Keys of subjects (and of the team, for what is about nobody), each wrapped by the master key, in a file of their own.
 * `owner` is a SubjectId or a TeamId.
 */
export interface SubjectKeys {
  /**
   * Makes the owners' keys when they have none; on disk when it resolves. Must come before sealing for them.
   * Rejects for an owner whose key was erased: it is never made again.
   */
  ensure(owners: readonly string[]): Promise<void>
  /** Encrypts under a fresh key, wrapped for each owner. For owners who were all erased, nobody can open it. */
  seal(owners: readonly string[], plaintext: Uint8Array): SealedBody
  /** Null when the keys of all owners were erased. Throws when the ciphertext was changed. */
  open(sealed: SealedBody): Uint8Array | null
  /** Encrypts directly under one owner's key, for states that are rewritten: compact bytes. */
  sealState(owner: string, plaintext: Uint8Array): Uint8Array
  openState(owner: string, sealed: Uint8Array): Uint8Array | null
  /**
   * HMAC-SHA-256 under the owner's key, base64url: the same text has the same one as long as the key lives, and what
   * it stands for cannot be guessed without the key. Null when the key was erased.
   */
  fingerprint(owner: string, text: string): string | null
  /** Erases the owners' keys for good, on disk when it resolves: what was sealed for them alone is gone. */
  erase(owners: readonly string[]): Promise<void>
  /** How many keys were ever erased: it rises with each erasure, whatever a clock says. */
  erasures(): number
  close(): void
}
