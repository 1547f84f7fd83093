import type Database from 'better-sqlite3'
import type { SavedQuery, Store } from '../store.ts'

/** Reads the queries of the ledger that somebody saved. */
export function savedQueries(db: Database.Database): Pick<Store, 'savedQueries'> {
  const ofPerson = db.prepare<[string, string], SavedQuery>(
    'SELECT team, user, name, sealed, at FROM saved_queries WHERE team = ? AND user = ? ORDER BY name',
  )
  return { savedQueries: async (team, user) => ofPerson.all(team, user) }
}
