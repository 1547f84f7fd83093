import { createSecretKey } from 'node:crypto'
import { join } from 'node:path'
import { openSqliteStore } from '../../db/sqlite/sqlite-store.ts'
import type { EntryDraft } from '../../src/domain/entry.ts'
import { createLedger } from '../../src/ledger/create-ledger.ts'
import { createSubjectKeys } from '../../src/secrets/create-subject-keys.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { createDrafts, JANE, JOHN, OTHER_TEAM, START, TEAM } from './sample-drafts.ts'

/** A store, its keys and a ledger in one folder: what the reader reads beside them. */
export async function auditFolder() {
  const folder = tempFolder()
  const dbPath = join(folder.path, 'purser.db')
  const keysPath = join(folder.path, 'keys.db')
  const masterKey = createSecretKey(Buffer.alloc(32, 7))
  const clock = { now: () => START }
  const keys = createSubjectKeys({ path: keysPath, masterKey, clock })
  await keys.ensure([TEAM, OTHER_TEAM, JANE, JOHN])
  const store = openSqliteStore({
    path: dbPath,
    onDiskFailure(error) {
      throw error
    },
  })
  const ledger = createLedger({ keys, store, clock, scrubText: (text) => text })
  return {
    ...createDrafts(),
    folder: folder.path,
    files: { dbPath, keysPath, masterKey },
    keys,
    store,
    ledger,
    record: (drafts: readonly EntryDraft[]) => ledger.record(drafts),
    async [Symbol.asyncDispose]() {
      await store.close()
      keys.close()
      folder[Symbol.dispose]()
    },
  }
}

export type AuditFolder = Awaited<ReturnType<typeof auditFolder>>
