import { fileURLToPath } from 'node:url'
import type Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import type { Change, CommitOutcome, Store } from '../store.ts'
import { cardQueries } from './card-queries.ts'
import { decisionQueries } from './decision-queries.ts'
import { eventQueries } from './event-queries.ts'
import { createGroupCommit } from './group-commit.ts'
import { holdQueries } from './hold-queries.ts'
import { ledgerQueries } from './ledger-queries.ts'
import { openDatabase } from './open-database.ts'
import { peopleQueries } from './people-rows.ts'
import { runQueries } from './run-queries.ts'
import { savedQueries } from './saved-queries.ts'
import { segmentQueries } from './segment-queries.ts'
import { sweepQueries } from './sweep-queries.ts'
import { createChangeWriter } from './write-change.ts'

const MIGRATIONS = fileURLToPath(new URL('../migrations', import.meta.url))

interface SqliteStoreOptions {
  /** Of the database file; its folder must exist. */
  path: string
  /** The disk failed in the middle of a commit: nothing can be promised any more; the caller ends the process. */
  onDiskFailure(error: unknown): void
}

/** The store in one SQLite file, for one process: see `lockDataFolder`. */
export function openSqliteStore(options: SqliteStoreOptions): Store {
  const db = openDatabase(options.path)
  const orm = drizzle({ client: db })
  try {
    migrate(orm, { migrationsFolder: MIGRATIONS })
  } catch (error) {
    db.close()
    throw error
  }
  const commits = createGroupCommit<Change, CommitOutcome>({
    db,
    write: createChangeWriter(db),
    isUrgent: ({ urgent }) => urgent ?? false,
    onDiskFailure: options.onDiskFailure,
  })
  return {
    commit: (change) => commits.commit(change),
    ...runQueries(db, orm),
    ...ledgerQueries(db),
    ...cardQueries(db, orm),
    ...savedQueries(db),
    ...peopleQueries(db),
    ...segmentQueries(db, options.onDiskFailure),
    ...eventQueries(db, orm),
    ...decisionQueries(orm),
    ...holdQueries(orm),
    ...sweepQueries(db, options.onDiskFailure),
    async close() {
      await commits.drained()
      closeQuietly(db)
    },
  }
}

/** Leaves a small WAL behind; a close that cannot checkpoint has still closed. */
function closeQuietly(db: Database.Database): void {
  if (!db.open) return
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
}
