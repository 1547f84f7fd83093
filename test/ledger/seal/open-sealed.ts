import { join } from 'node:path'
import Database from 'better-sqlite3'
import { openSqliteStore } from '../../../db/sqlite/sqlite-store.ts'
import type { Anchor } from '../../../src/ledger/anchor.ts'
import { fileAnchor } from '../../../src/ledger/anchor-file.ts'
import { loadSigningKey } from '../../../src/ledger/checkpoint-key.ts'
import { createSealer } from '../../../src/ledger/seal/create-sealer.ts'
import type { ReadUnsealed } from '../../../src/ledger/seal/read-in-thread.ts'
import { readUnsealed } from '../../../src/ledger/seal/read-unsealed.ts'
import { createFakeClock } from '../../support/fake-clock.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import { testKeys } from '../../support/test-keys.ts'
import { testLedger } from '../../support/test-ledger.ts'
import { createDrafts, JANE, TEAM } from '../sample-drafts.ts'

/** Reads as the thread does, without the thread. */
const readHere =
  (dbPath: string): ReadUnsealed =>
  async (store) => {
    const db = new Database(dbPath, { readonly: true })
    try {
      const pass = readUnsealed(db)
      let step = pass.next()
      while (!step.done) step = pass.next(await store(step.value))
      return step.value
    } finally {
      db.close()
    }
  }

interface Parts {
  anchors?: readonly Anchor[]
  readUnsealed?: (dbPath: string) => ReadUnsealed
}

/** A ledger on disk with its sealer, a clock to drive it, and its anchor file. */
export async function openSealed(parts: Parts = {}) {
  const folder = tempFolder()
  const path = join(folder.path, 'purser.db')
  const anchorFile = join(folder.path, 'checkpoints.txt')
  const clock = createFakeClock()
  const key = loadSigningKey(join(folder.path, 'ledger.key'))
  const store = openSqliteStore({
    path,
    onDiskFailure: (error) => {
      throw error
    },
  })
  const opened = await testKeys(clock, [TEAM, JANE])
  const { keys } = opened
  const { ids, draft } = createDrafts()
  const ledger = testLedger({ store, keys, clock })
  const errors: unknown[] = []
  const sealer = () =>
    createSealer({
      store,
      ledger,
      ids,
      team: TEAM,
      clock,
      key,
      readUnsealed: (parts.readUnsealed ?? readHere)(path),
      anchors: parts.anchors ?? [fileAnchor(anchorFile)],
      onError: (error) => errors.push(error),
    })
  return {
    folder: folder.path,
    path,
    anchorFile,
    clock,
    key,
    store,
    ledger,
    keys,
    ids,
    draft,
    errors,
    sealer,
    /** Writes as many entries as one commit. */
    async write(count: number, actor?: string): Promise<void> {
      const by = actor === undefined ? {} : { actor }
      const drafts = Array.from({ length: count }, () =>
        draft({ kind: 'click.received', body: { said: 'hello' }, ...by }),
      )
      await ledger.record(drafts)
    },
    /** Seals, signs and anchors what is there. */
    async seal(): Promise<void> {
      await sealer().stop()
    },
    async [Symbol.asyncDispose]() {
      await store.close()
      opened[Symbol.dispose]()
      folder[Symbol.dispose]()
    },
  }
}

export type SealedLedger = Awaited<ReturnType<typeof openSealed>>
