import type { KeyObject } from 'node:crypto'
import { closeSync, openSync } from 'node:fs'
import Database from 'better-sqlite3'
import { PersonNeeded } from '../domain/errors.ts'
import { decrypt, type Encrypted, encrypt } from './aes-gcm.ts'

const FORMAT = 1
const CHECK_CONTEXT = 'purser: check of the master key'

const MIGRATION_1 = `
CREATE TABLE keys (
  owner TEXT PRIMARY KEY,
  wrapped BLOB NOT NULL,
  iv BLOB NOT NULL,
  tag BLOB NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE tombstones (
  number INTEGER PRIMARY KEY,
  owner TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL
) STRICT;
CREATE TABLE master_check (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  wrapped BLOB NOT NULL,
  iv BLOB NOT NULL,
  tag BLOB NOT NULL
) STRICT;
CREATE TRIGGER erased_keys_stay_erased BEFORE INSERT ON keys
WHEN EXISTS (SELECT 1 FROM tombstones WHERE owner = NEW.owner)
BEGIN SELECT RAISE(ABORT, 'the key of this owner was erased and is never made again'); END;
CREATE TRIGGER tombstones_are_not_changed BEFORE UPDATE ON tombstones
BEGIN SELECT RAISE(ABORT, 'tombstones are never changed'); END;
CREATE TRIGGER tombstones_are_not_removed BEFORE DELETE ON tombstones
BEGIN SELECT RAISE(ABORT, 'tombstones are never removed'); END;
`

/** A wrapped key as its row holds it. */
export interface WrappedRow {
  wrapped: Buffer
  iv: Buffer
  tag: Buffer
}

export const fromRow = (row: WrappedRow): Encrypted => ({ ciphertext: row.wrapped, iv: row.iv, tag: row.tag })

/** Opens the file of the keys for writing, making it on the first start. Throws PersonNeeded for another master key. */
export function openKeyFile(path: string, masterKey: KeyObject): Database.Database {
  // SQLite gives its side files the mode of the file itself.
  closeSync(openSync(path, 'a', 0o600))
  return opened(new Database(path), (db) => {
    db.pragma('journal_mode = WAL')
    // better-sqlite3 is compiled so that every open but the first of a WAL file runs synchronous=NORMAL.
    db.pragma('synchronous = FULL')
    harden(db)
    expectPragma(db, 'journal_mode', 'wal')
    expectPragma(db, 'synchronous', 2)
    expectPragma(db, 'secure_delete', 1)
    migrate(db, masterKey)
    checkMasterKey(db, { path, masterKey })
  })
}

/** Opens the file of the keys beside its writer, to read. */
export function openKeyFileToRead(path: string, masterKey: KeyObject): Database.Database {
  return opened(new Database(path, { readonly: true, fileMustExist: true }), (db) => {
    harden(db)
    checkMasterKey(db, { path, masterKey })
  })
}

function opened(db: Database.Database, prepare: (db: Database.Database) => void): Database.Database {
  try {
    prepare(db)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

function harden(db: Database.Database): void {
  db.pragma('secure_delete = ON')
  db.pragma('trusted_schema = OFF')
  db.pragma('cell_size_check = ON')
  // Without it INSERT OR REPLACE walks through the triggers.
  db.pragma('recursive_triggers = ON')
}

function expectPragma(db: Database.Database, name: string, expected: string | number): void {
  const found = db.pragma(name, { simple: true })
  if (found !== expected) {
    throw new Error(
      `The key file runs with ${name}=${String(found)} instead of ${expected}; keys could be lost or stay`,
    )
  }
}

function migrate(db: Database.Database, masterKey: KeyObject): void {
  db.transaction(() => {
    if (db.pragma('user_version', { simple: true }) !== 0) return
    db.exec(MIGRATION_1)
    const check = encrypt(masterKey, Buffer.from(CHECK_CONTEXT), { context: CHECK_CONTEXT })
    db.prepare('INSERT INTO master_check (one, wrapped, iv, tag) VALUES (1, ?, ?, ?)').run(
      check.ciphertext,
      check.iv,
      check.tag,
    )
    db.pragma(`user_version = ${FORMAT}`)
  }).immediate()
}

function checkMasterKey(db: Database.Database, { path, masterKey }: { path: string; masterKey: KeyObject }): void {
  const format = db.pragma('user_version', { simple: true })
  if (format !== FORMAT) {
    throw new PersonNeeded({
      code: 'key-file-format',
      message: `The key file ${path} has format ${String(format)}; this version of Purser reads format ${FORMAT}`,
      hint: 'Start the version of Purser that wrote it.',
    })
  }
  const row = db.prepare<[], WrappedRow>('SELECT wrapped, iv, tag FROM master_check').get()
  try {
    if (!row) throw new Error('the check value is missing')
    decrypt(masterKey, fromRow(row), CHECK_CONTEXT)
  } catch (cause) {
    throw new PersonNeeded({
      code: 'wrong-master-key',
      message: `The master key is not the one that ${path} was written under`,
      hint: 'Set PURSER_MASTER_KEY (or bring back master.key) to the key of this data folder; no key was changed.',
      cause,
    })
  }
}
