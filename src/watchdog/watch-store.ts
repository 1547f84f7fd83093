import type { Store } from '../../db/store.ts'

export interface WatchedStore {
  store: Store
  /** What went wrong with the last commit; null when it was written. */
  trouble(): string | null
  /** Changes committed so far. */
  commits(): number
}

/** The same store, of which it is known whether it still writes. */
export function watchStore(store: Store): WatchedStore {
  let trouble: string | null = null
  let commits = 0
  return {
    trouble: () => trouble,
    commits: () => commits,
    store: {
      ...store,
      async commit(change) {
        try {
          const outcome = await store.commit(change)
          trouble = null
          commits += 1
          return outcome
        } catch (error) {
          if (isOfDisk(error)) trouble = error.message
          throw error
        }
      },
    },
  }
}

/** The disk or the file, not the change: one that goes against a constraint says nothing about the database. */
function isOfDisk(error: unknown): error is Error {
  if (!(error instanceof Error) || !('code' in error)) return false
  const code = String(error.code)
  return code === 'disk-full' || (code.startsWith('SQLITE_') && !code.startsWith('SQLITE_CONSTRAINT'))
}
