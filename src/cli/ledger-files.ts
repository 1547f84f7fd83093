import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { UserMistake } from '../domain/errors.ts'
import { type Checkpoint, findCheckpoints, type VerifierKey } from '../ledger/checkpoint.ts'
import { parseVerifierKey, readSigningKey } from '../ledger/checkpoint-key.ts'
import { SEGMENTS } from '../ledger/retention/segment-file.ts'
import { dataFolderOf, readEnvironment } from './read-environment.ts'

/** The data folder that is meant: `--data`, else PURSER_DATA, else where Purser keeps it by itself. */
export const dataFolder = (given: string | undefined): string => given ?? dataFolderOf(readEnvironment())

/** Where the segments of the ledger are: `--segments`, else in the data folder. */
export const segmentsFolder = (given: string | undefined, folder: string): string => given ?? join(folder, SEGMENTS)

/** Opens the database of a data folder for reading, beside a Purser that may be running on it. */
export function openForReading(folder: string): Database.Database {
  const path = join(folder, 'purser.db')
  if (!existsSync(path)) throw noSuchFile(path, 'Name the data folder with --data.')
  const db = new Database(path, { readonly: true, fileMustExist: true })
  db.pragma('trusted_schema = OFF')
  db.pragma('cell_size_check = ON')
  return db
}

/** Public keys as given, each a key or a file with one; the data folder's own when none is. */
export function readKeys(given: readonly string[], folder: string): VerifierKey[] {
  if (given.length === 0) return [readSigningKey(join(folder, 'ledger.key'))]
  return given.map((text) => {
    const key = parseVerifierKey(existsSync(text) ? readFileSync(text, 'utf8') : text)
    if (key) return key
    throw new UserMistake({
      code: 'no-public-key',
      message: `${text} is neither a public key of a ledger nor a file with one.`,
      hint: '`purser ledger key` prints it: name+id+key.',
    })
  })
}

/** The checkpoints that stand in files: copied from Slack, or an anchor's own file. */
export function readAnchored(files: readonly string[]): Checkpoint[] {
  return files.flatMap((file) => {
    if (!existsSync(file)) throw noSuchFile(file, 'Name a file with anchored checkpoints after --against.')
    const found = findCheckpoints(readFileSync(file, 'utf8'))
    if (found.length > 0) return found
    throw new UserMistake({
      code: 'no-checkpoints',
      message: `There is no checkpoint in ${file}.`,
      hint: 'A checkpoint is a name, a size, a hash, an empty line and a signature; copy it whole.',
    })
  })
}

const noSuchFile = (path: string, hint: string): UserMistake =>
  new UserMistake({ code: 'no-such-file', message: `There is no ${path}.`, hint })
