import { chmodSync, closeSync, fsyncSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'

/**
 * A copy of a database as it is at one moment, on disk when it returns; a writer beside it goes on. `VACUUM INTO`
 * reads in one transaction: a page-by-page copy would begin anew with each commit.
 */
export function copyDatabase(from: string, to: string): void {
  const db = new Database(from, { readonly: true, fileMustExist: true, timeout: BUSY_MS })
  try {
    db.prepare('VACUUM INTO ?').run(to)
  } finally {
    db.close()
  }
  chmodSync(to, 0o600)
  flush(to)
  flush(dirname(to))
}

const BUSY_MS = 30_000

const TABLES = ['runs', 'entries', 'starts', 'cards', 'subjects', 'rules_versions'] as const
export type RowCounts = Record<(typeof TABLES)[number], number>

/** How many rows the tables of Purser's database hold. */
export function countRows(path: string): RowCounts {
  const db = new Database(path, { readonly: true, fileMustExist: true, timeout: BUSY_MS })
  try {
    const counts = TABLES.map((table) => [table, db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get()])
    return Object.fromEntries(counts) as RowCounts
  } finally {
    db.close()
  }
}

/** What SQLite finds wrong with a database file; empty when it is sound. */
export function faultsOf(path: string): string[] {
  const db = new Database(path, { readonly: true, fileMustExist: true })
  try {
    const found = db.prepare<[], string>('PRAGMA integrity_check').pluck().all()
    return found.filter((line) => line !== 'ok')
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  } finally {
    db.close()
  }
}

function flush(path: string): void {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
