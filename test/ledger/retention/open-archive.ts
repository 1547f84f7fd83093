import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect } from 'vitest'
import { findCheckpoints } from '../../../src/ledger/checkpoint.ts'
import type { Archive } from '../../../src/ledger/retention/archive-in-thread.ts'
import { archiveNext } from '../../../src/ledger/retention/archive-next.ts'
import { createArchivist } from '../../../src/ledger/retention/create-archivist.ts'
import { verifyLedger } from '../../../src/ledger/verify/verify-ledger.ts'
import { TEAM } from '../sample-drafts.ts'
import { openSealed, type SealedLedger } from '../seal/open-sealed.ts'

export const DAYS = 86_400_000
/** The sample entries are some thirteen months old by the test's clock. */
export const KEEP_DAYS = 390

export const withDb = <T>(path: string, work: (db: Database.Database) => T): T => {
  const db = new Database(path)
  try {
    return work(db)
  } finally {
    db.close()
  }
}

export const folderOf = (at: SealedLedger): string => join(at.folder, 'segments')

/** Archives in this thread, a hundred entries to a segment. */
export const inHundreds =
  (at: SealedLedger): Archive =>
  async (request) =>
    withDb(at.path, (db) => archiveNext(db, request, 100))

export function archivistOf(at: SealedLedger, parts: { archive?: Archive; keepDays?: () => number } = {}) {
  return createArchivist({
    store: at.store,
    ledger: at.ledger,
    ids: at.ids,
    team: TEAM,
    clock: at.clock,
    folder: folderOf(at),
    archive: parts.archive ?? inHundreds(at),
    keepDays: parts.keepDays ?? (() => KEEP_DAYS),
    onError: (error) => at.errors.push(error),
  })
}

export const verdictOn = (at: SealedLedger, segments: string | null = folderOf(at)) =>
  withDb(at.path, (db) =>
    verifyLedger({ db, keys: [at.key], anchored: findCheckpoints(readFileSync(at.anchorFile, 'utf8')), segments }),
  )

export const idsInDatabase = (at: SealedLedger): string[] =>
  withDb(at.path, (db) => db.prepare<[], string>('SELECT id FROM entries ORDER BY rowid').pluck().all())

export async function archived(): Promise<SealedLedger> {
  const at = await openSealed()
  await archiveAll(at)
  return at
}

export async function archiveAll(at: SealedLedger): Promise<void> {
  await at.write(250)
  await at.seal()
  // Beyond the last entry's time.
  await at.clock.advance(10 * DAYS)
  const pass = archivistOf(at).pass()
  await at.clock.advance(1_000)
  await pass
  expect(at.errors).toEqual([])
}
