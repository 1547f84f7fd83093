import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import type Database from 'better-sqlite3'
import { decrypt } from './aes-gcm.ts'
import { BoundedCache } from './bounded-cache.ts'
import { fromRow, type WrappedRow } from './key-file.ts'
import { unaltered } from './unaltered.ts'

/** An owner's keys, unwrapped: one to encrypt with, one derived from it for fingerprints. */
export interface OwnerKey {
  encryption: KeyObject
  fingerprint: KeyObject
}

const CACHED_OWNERS = 10_000

/** The owners' keys as the file holds them, unwrapped once and kept in a bounded cache. */
export class OwnerKeys {
  readonly #cache = new BoundedCache<OwnerKey>(CACHED_OWNERS)
  readonly #masterKey: KeyObject
  readonly #row: Database.Statement<[string], WrappedRow>
  readonly #tombstone: Database.Statement<[string], { at: number }>
  readonly #newestTombstone: Database.Statement<[], number | null>
  #tombstonesSeen: number | null

  constructor(db: Database.Database, masterKey: KeyObject) {
    this.#masterKey = masterKey
    this.#row = db.prepare('SELECT wrapped, iv, tag FROM keys WHERE owner = ?')
    this.#tombstone = db.prepare('SELECT at FROM tombstones WHERE owner = ?')
    this.#newestTombstone = db.prepare<[], number | null>('SELECT max(number) FROM tombstones').pluck()
    this.#tombstonesSeen = this.#newestTombstone.get() ?? null
  }

  /** The owner's key, `erased` when it was, null when there never was one. */
  find(owner: string): OwnerKey | 'erased' | null {
    const cached = this.#cache.get(owner)
    if (cached) return cached
    const row = this.#row.get(owner)
    if (row)
      return this.keep(
        owner,
        unaltered(() => decrypt(this.#masterKey, fromRow(row), owner)),
      )
    return this.#tombstone.get(owner) ? 'erased' : null
  }

  /** Puts a key that is on disk into the cache. */
  keep(owner: string, bytes: Uint8Array): OwnerKey {
    const encryption = createSecretKey(bytes)
    const fingerprint = createSecretKey(
      createHmac('sha256', encryption).update('purser: key for fingerprints').digest(),
    )
    const key = { encryption, fingerprint }
    this.#cache.set(owner, key)
    return key
  }

  forget(owner: string): void {
    this.#cache.delete(owner)
  }

  /** Forgets everything when another connection erased a key since the last time. */
  followErasures(): void {
    const newest = this.#newestTombstone.get() ?? null
    if (newest === this.#tombstonesSeen) return
    this.#tombstonesSeen = newest
    this.#cache.clear()
  }
}
