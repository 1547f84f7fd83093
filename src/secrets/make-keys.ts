import { type KeyObject, randomBytes } from 'node:crypto'
import type Database from 'better-sqlite3'
import { isDiskFailure, translate } from '../domain/disk-trouble.ts'
import { encrypt, KEY_BYTES } from './aes-gcm.ts'
import type { OwnerKeys } from './owner-keys.ts'

interface KeyMakerParts {
  db: Database.Database
  owners: OwnerKeys
  masterKey: KeyObject
  clock: { now(): number }
  onDiskFailure?(error: unknown): void
}

interface Turn {
  owners: Set<string>
  written: Promise<void>
  flush: () => void
}

/** Makes keys in groups: all that one turn of the event loop asks for share one commit. */
export function createKeyMaker({ db, owners, masterKey, clock, onDiskFailure }: KeyMakerParts) {
  let turn: Turn | null = null
  const insert = db.prepare<[string, Uint8Array, Uint8Array, Uint8Array, number]>(
    'INSERT INTO keys (owner, wrapped, iv, tag, created_at) VALUES (?, ?, ?, ?, ?)',
  )
  const write = db.transaction((wanted: Iterable<string>) => {
    const made = new Map<string, Buffer>()
    for (const owner of wanted) {
      const bytes = randomBytes(KEY_BYTES)
      const { ciphertext, iv, tag } = encrypt(masterKey, bytes, { context: owner })
      insert.run(owner, ciphertext, iv, tag, clock.now())
      made.set(owner, bytes)
    }
    return made
  })
  const begin = (): Turn => {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const asked = new Set<string>()
    const begun: Turn = {
      owners: asked,
      written: promise,
      flush() {
        if (turn !== begun) return
        turn = null
        try {
          // Kept only once they are on disk: what is in the cache may be sealed with.
          for (const [owner, bytes] of write.immediate(asked)) owners.keep(owner, bytes)
          resolve()
        } catch (error) {
          if (isDiskFailure(error)) onDiskFailure?.(error)
          reject(translate(error))
        }
      },
    }
    setImmediate(begun.flush)
    return begun
  }
  return {
    /** Resolves when the owners' keys are on disk. */
    make(wanted: readonly string[]): Promise<void> {
      turn ??= begin()
      for (const owner of wanted) turn.owners.add(owner)
      return turn.written
    },
    flush: (): void => turn?.flush(),
  }
}
