import { parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { systemClock } from '../../clock.ts'
import { readSubjectKeys } from '../../secrets/read-subject-keys.ts'
import type { PageAnswer, PageRequest, ReaderFiles } from './messages.ts'
import { readPage } from './read-page.ts'

/** Reads pages of the ledger beside the writer: a thread of its own, so that a long search delays nobody's click. */
const { dbPath, keysPath, masterKey } = workerData as ReaderFiles
const db = new Database(dbPath, { readonly: true, fileMustExist: true })
db.pragma('trusted_schema = OFF')
db.pragma('cell_size_check = ON')
const keys = readSubjectKeys(keysPath, masterKey)

parentPort?.on('message', (request: PageRequest) => {
  parentPort?.postMessage(answer(request))
})

function answer(request: PageRequest): PageAnswer {
  try {
    return { kind: 'page', page: readPage({ db, keys, elapsed: () => systemClock.elapsed() }, request) }
  } catch (error) {
    return { kind: 'failed', message: error instanceof Error ? error.message : String(error) }
  }
}
