import { join } from 'node:path'
import Database from 'better-sqlite3'
import { openSqliteStore } from '../../db/sqlite/sqlite-store.ts'
import { eraseWhere } from '../../src/cli/erase-where.ts'
import type { SubjectId } from '../../src/domain/ids.ts'
import type { SubjectKeys } from '../../src/secrets/subject-keys.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { sampleChanges } from '../support/sample-changes.ts'
import { tempFolder } from '../support/temp-folder.ts'

/** A database on disk: written to by its store, and erased from when that is closed, as `purser erase` does it. */
export function openErasing() {
  const folder = tempFolder()
  const databasePath = join(folder.path, 'purser.db')
  const clock = createFakeClock()
  const openStore = () =>
    openSqliteStore({
      path: databasePath,
      onDiskFailure: (error) => {
        throw error
      },
    })
  return {
    store: openStore(),
    /** Once more, when the first is closed. */
    openStore,
    clock,
    sample: sampleChanges(clock),
    /** Without a store over it. */
    openDatabase: () => new Database(databasePath),
    erase: (keys: SubjectKeys, subjects: readonly SubjectId[]) =>
      eraseWhere({ databasePath, keys }, subjects, clock.now()),
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  }
}
