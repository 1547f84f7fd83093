import { parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'
import type { FromThread, ThreadFiles } from './read-in-thread.ts'
import { readUnsealed } from './read-unsealed.ts'

/** Reads and hashes beside the writer, for the length of one pass. */
const { dbPath } = workerData as ThreadFiles
const db = new Database(dbPath, { readonly: true, fileMustExist: true })
db.pragma('trusted_schema = OFF')
db.pragma('cell_size_check = ON')
const pass = readUnsealed(db)

const step = (goOn: boolean): void => {
  const { done, value } = pass.next(goOn)
  const message: FromThread = done ? { kind: 'end', end: value } : { kind: 'leaves', sealed: value }
  if (done) db.close()
  parentPort?.postMessage(message)
}

parentPort?.on('message', step)
step(true)
