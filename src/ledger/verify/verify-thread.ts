import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { findCheckpoints } from '../checkpoint.ts'
import { readSigningKey } from '../checkpoint-key.ts'
import { SEGMENTS } from '../retention/segment-file.ts'
import type { VerifyJob } from './verify-in-thread.ts'
import { verifyLedger } from './verify-ledger.ts'

/** Reads the whole ledger beside the writer, once. */
const { dataFolder, anchorFile } = workerData as VerifyJob
// Before the database: a checkpoint that is anchored meanwhile covers more than is read.
const anchored = existsSync(anchorFile) ? findCheckpoints(readFileSync(anchorFile, 'utf8')) : []
const db = new Database(join(dataFolder, 'purser.db'), { readonly: true, fileMustExist: true })
db.pragma('trusted_schema = OFF')
db.pragma('cell_size_check = ON')
try {
  const keys = [readSigningKey(join(dataFolder, 'ledger.key'))]
  parentPort?.postMessage({ verdict: verifyLedger({ db, keys, anchored, segments: join(dataFolder, SEGMENTS) }) })
} finally {
  db.close()
}
