import { join } from 'node:path'
import { openSqliteStore } from '../../db/sqlite/sqlite-store.ts'
import { tempFolder } from './temp-folder.ts'

/** A store on disk in a folder of its own, closed and gone at the end of its scope. */
export function testStore() {
  const folder = tempFolder()
  const path = join(folder.path, 'purser.db')
  const diskFailures: unknown[] = []
  const store = openSqliteStore({ path, onDiskFailure: (error) => diskFailures.push(error) })
  return {
    store,
    path,
    diskFailures,
    async [Symbol.asyncDispose]() {
      await store.close()
      folder[Symbol.dispose]()
    },
  }
}

/** A store in memory, for tests that commit a lot and lose nothing by forgetting. */
export function memoryStore() {
  const store = openSqliteStore({
    path: ':memory:',
    onDiskFailure: (error) => {
      throw error
    },
  })
  return { store, [Symbol.asyncDispose]: () => store.close() }
}
