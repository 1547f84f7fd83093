import type Database from 'better-sqlite3'
import type { Store } from '../store.ts'

/** Reads what came from outside and counts once. */
export function receivedQueries(db: Database.Database): Pick<Store, 'wasReceived'> {
  const found = db.prepare('SELECT 1 FROM received WHERE team = ? AND source = ? AND id = ?')
  return { wasReceived: async ({ team, source, id }) => found.get(team, source, id) !== undefined }
}
