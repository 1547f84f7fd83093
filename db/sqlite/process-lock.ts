import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { PersonNeeded } from '../../src/domain/errors.ts'

/**
 * Makes sure that one process alone works on a data folder. SQLite's own file lock does it, so that the kernel lets go
 * of it when the process dies; the text file beside it only says who holds it.
 */
export function lockDataFolder(folder: string, holder: string): () => void {
  const holderFile = `${folder}/purser.lock.txt`
  let letGo: () => void
  try {
    letGo = holdFile(`${folder}/purser.lock.db`)
  } catch (cause) {
    if (!isBusy(cause)) throw closed(folder, cause)
    throw new PersonNeeded({
      code: 'data-folder-in-use',
      message: `Another Purser works on ${folder}: ${readHolder(holderFile)}.`,
      hint: 'Stop it first, or start this one with another PURSER_DATA folder.',
      cause,
    })
  }
  writeFileSync(holderFile, holder)
  return () => {
    rmSync(holderFile, { force: true })
    letGo()
  }
}

const isBusy = (error: unknown): boolean =>
  error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')

const closed = (folder: string, cause: unknown): PersonNeeded =>
  new PersonNeeded({
    code: 'data-folder-closed',
    message: `Nothing can be written in the data folder ${folder}.`,
    hint: 'Run this as the user to whom the folder belongs, or name another one with PURSER_DATA.',
    cause,
  })

/** Holds a file that one process alone may hold, until it lets go or dies. Throws when another holds it; writes nothing. */
export function holdFile(path: string): () => void {
  const db = new Database(path, { timeout: 0 })
  try {
    db.pragma('locking_mode = EXCLUSIVE')
    db.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    db.close()
    throw error
  }
  return () => db.close()
}

function readHolder(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return 'it has not said which'
  }
}
