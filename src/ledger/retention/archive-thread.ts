import { parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'
import type { ArchiveJob } from './archive-in-thread.ts'
import { archiveNext } from './archive-next.ts'

/** Reads, compresses and checks beside the writer, for the length of one segment. */
const { dbPath, request } = workerData as ArchiveJob
const db = new Database(dbPath, { readonly: true, fileMustExist: true })
db.pragma('trusted_schema = OFF')
db.pragma('cell_size_check = ON')
try {
  parentPort?.postMessage({ segment: archiveNext(db, request) })
} finally {
  db.close()
}
