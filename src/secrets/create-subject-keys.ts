import { createHmac, type KeyObject } from 'node:crypto'
import type Database from 'better-sqlite3'
import { PermanentFailure } from '../domain/errors.ts'
import { decrypt, encrypt, IV_BYTES, TAG_BYTES } from './aes-gcm.ts'
import { createRandomSource } from './draw-random.ts'
import { openKeyFile } from './key-file.ts'
import { createKeyMaker } from './make-keys.ts'
import { openBody } from './open-body.ts'
import { type OwnerKey, OwnerKeys } from './owner-keys.ts'
import { sealBody } from './seal-body.ts'
import type { SubjectKeys } from './subject-keys.ts'
import { unaltered } from './unaltered.ts'

interface Options {
  /** `<data>/keys.db`; never inside a backup of the ledger. */
  path: string
  masterKey: KeyObject
  clock: { now(): number }
  /** The disk failed while keys were written: nothing can be promised any more. Without it, who asked is told. */
  onDiskFailure?(error: unknown): void
}

/** Opens the subjects' keys for the process that writes them. Throws PersonNeeded for another master key. */
export function createSubjectKeys({ path, masterKey, clock, onDiskFailure }: Options): SubjectKeys {
  const db = openKeyFile(path, masterKey)
  const owners = new OwnerKeys(db, masterKey)
  const random = createRandomSource()
  const buried = db.prepare<[], number>('SELECT count(*) FROM tombstones').pluck()
  const maker = createKeyMaker({ db, owners, masterKey, clock, ...(onDiskFailure ? { onDiskFailure } : {}) })
  const keyOf = (owner: string): OwnerKey | 'erased' => {
    const key = owners.find(owner)
    if (key === null) throw new Error(`There is no key for ${owner}: SubjectKeys.ensure has to come before sealing`)
    return key
  }
  const stateKeyOf = (owner: string): OwnerKey => {
    const key = keyOf(owner)
    if (key === 'erased') throw erased(owner)
    return key
  }

  return {
    async ensure(wanted) {
      const missing: string[] = []
      for (const owner of wanted) {
        const key = owners.find(owner)
        if (key === 'erased') throw erased(owner)
        if (key === null) missing.push(owner)
      }
      if (missing.length > 0) await maker.make(missing)
    },
    seal: (wanted, plaintext) => sealBody({ keyOf, random }, wanted, plaintext),
    open: (sealed) => openBody(owners, sealed),
    sealState(owner, plaintext) {
      const sealing = { context: stateContext(owner), iv: random(IV_BYTES) }
      const { iv, ciphertext, tag } = encrypt(stateKeyOf(owner).encryption, plaintext, sealing)
      return Buffer.concat([iv, tag, ciphertext])
    },
    openState(owner, sealed) {
      const key = keyOf(owner)
      if (key === 'erased') return null
      const iv = sealed.subarray(0, IV_BYTES)
      const tag = sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES)
      const ciphertext = sealed.subarray(IV_BYTES + TAG_BYTES)
      return unaltered(() => decrypt(key.encryption, { iv, ciphertext, tag }, stateContext(owner)))
    },
    fingerprint(owner, text) {
      const key = keyOf(owner)
      return key === 'erased' ? null : createHmac('sha256', key.fingerprint).update(text).digest('base64url')
    },
    async erase(wanted) {
      maker.flush()
      buryKeys(db, wanted, clock.now())
      for (const owner of wanted) owners.forget(owner)
      wipeSideFile(db)
    },
    erasures: () => buried.get() ?? 0,
    close() {
      maker.flush()
      db.close()
    },
  }
}

const stateContext = (owner: string): string => `purser: state of ${owner}`

const erased = (owner: string): PermanentFailure =>
  new PermanentFailure({
    code: 'subject-erased',
    message: `The key of ${owner} was erased: nothing more is kept about it`,
    hint: 'Start a new run; the person or firm gets a new id.',
  })

function buryKeys(db: Database.Database, wanted: readonly string[], at: number): void {
  const remove = db.prepare('DELETE FROM keys WHERE owner = ?')
  const bury = db.prepare('INSERT INTO tombstones (owner, at) VALUES (?, ?) ON CONFLICT DO NOTHING')
  db.transaction(() => {
    for (const owner of wanted) {
      remove.run(owner)
      bury.run(owner, at)
    }
  }).immediate()
}

/** Without the truncating checkpoint the key's bytes would stay in the write-ahead file. */
function wipeSideFile(db: Database.Database): void {
  const busy = db.prepare<[], number>('PRAGMA wal_checkpoint(TRUNCATE)').pluck().get()
  if (busy !== 0) {
    throw new Error('The keys are erased, but a reader kept their bytes in the write-ahead file: erase them again')
  }
}
