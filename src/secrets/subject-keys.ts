import type { SealedBody } from '../domain/entry.ts'

/**
 * Keys of subjects (and of the team, for what is about nobody), each wrapped by the master key, in a file of their own.
 * `owner` is a SubjectId or a TeamId.
 */
export interface SubjectKeys {
  /** Makes the owners' keys when they have none; on disk when it resolves. Must come before sealing for them. */
  ensure(owners: readonly string[]): Promise<void>
  /** Encrypts under a fresh key, wrapped for each owner. */
  seal(owners: readonly string[], plaintext: Uint8Array): SealedBody
  /** Null when the keys of all owners were erased. Throws when the ciphertext was changed. */
  open(sealed: SealedBody): Uint8Array | null
  /** Encrypts directly under one owner's key, for states that are rewritten: compact bytes. */
  sealState(owner: string, plaintext: Uint8Array): Uint8Array
  openState(owner: string, sealed: Uint8Array): Uint8Array | null
  close(): void
}
