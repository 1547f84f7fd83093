import { basename } from 'node:path'
import Database from 'better-sqlite3'

/** What is on the disk after a sync that failed: the group, nothing of it, or nothing while SQLite holds it open. */
export type SyncFailure = 'kept' | 'dropped' | 'left-open'

interface Commit {
  /** The name of the database's file. */
  file: string
  /** Counted from 1 over all files. */
  number: number
}

interface FailingSyncs extends Disposable {
  commits(): number
  /** Syncs that failed. */
  struck(): number
}

type Run = (this: Database.Statement, ...given: unknown[]) => Database.RunResult

/** Lets the sync of a COMMIT fail as the driver tells it, wherever `fails` says so, for as long as it is in scope. */
export function failingSyncs(
  folder: string,
  fails: (commit: Commit) => SyncFailure | null,
  code = 'SQLITE_IOERR_FSYNC',
): FailingSyncs {
  const sample = new Database(':memory:')
  const statements = Object.getPrototypeOf(sample.prepare('COMMIT')) as { run: Run }
  sample.close()
  const { run } = statements
  let number = 0
  let struck = 0
  statements.run = function (...given) {
    const { source, database } = this
    if (source !== 'COMMIT' || !database.name.startsWith(folder)) return run.apply(this, given)
    number += 1
    const how = fails({ file: basename(database.name), number })
    if (how === null) return run.apply(this, given)
    struck += 1
    if (how === 'kept') run.apply(this, given)
    if (how === 'dropped') database.exec('ROLLBACK')
    throw new Database.SqliteError('the disk does not take it', code)
  }
  return {
    commits: () => number,
    struck: () => struck,
    [Symbol.dispose]() {
      statements.run = run
    },
  }
}
