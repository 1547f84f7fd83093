import type Database from 'better-sqlite3'

/** Whose keys seal what came in from outside for runs about these subjects. */
export function inboxOwnersOf(db: Database.Database, subjects: readonly string[]): string[] {
  const owners = db
    .prepare<[string], string>(
      'SELECT DISTINCT owner FROM inbox WHERE run IN (SELECT id FROM runs WHERE subject = ?) ORDER BY owner',
    )
    .pluck()
  return subjects.flatMap((subject) => owners.all(subject))
}

export interface QueryRow {
  team: string
  user: string
  name: string
  sealed: Uint8Array
}

/** Every query of the ledger that anybody saved. */
export const savedQueriesIn = (db: Database.Database): QueryRow[] =>
  db.prepare<[], QueryRow>('SELECT team, user, name, sealed FROM saved_queries').all()

/** What the directory says of these subjects. */
export function subjectsIn(
  db: Database.Database,
  ids: readonly string[],
): { id: string; team: string; key: string; label: string }[] {
  return db
    .prepare<[string], { id: string; team: string; key: string; label: string }>(
      'SELECT id, team, key, label FROM subjects WHERE id IN (SELECT value FROM json_each(?))',
    )
    .all(JSON.stringify(ids))
}

/**
 * Takes subjects out of the database: their rows in the directory lose name and key, what was sealed for them in runs
 * is dropped, what came in for those runs and what they wait for from outside too; runs of theirs that were open end as
 * cancelled, and their cards are not drawn any more; the saved `queries` that name them are gone, and all drafts of
 * forms. The ledger's entries stay as they are: what is sealed in them opens with the subject's key alone. `db` wipes
 * what it deletes.
 */
export function forgetSubjects(
  db: Database.Database,
  { subjects, queries }: { subjects: readonly string[]; queries: readonly QueryRow[] },
  at: number,
): void {
  const directory = db.prepare("UPDATE subjects SET key = 'erased:' || id, label = 'Erased' WHERE id = ?")
  const end = db.prepare("UPDATE runs SET status = 'cancelled', ended_at = ? WHERE subject = ? AND ended_at IS NULL")
  const drop = db.prepare(
    "UPDATE runs SET sealed = zeroblob(0), attempts = '[]', wake_at = NULL, in_line = NULL WHERE subject = ?",
  )
  const cards = db.prepare(
    'UPDATE cards SET stale_since = NULL WHERE run IN (SELECT id FROM runs WHERE subject = ?) AND stale_since IS NOT NULL',
  )
  const inbox = db.prepare(
    'UPDATE inbox SET sealed = zeroblob(0), match = NULL WHERE run IN (SELECT id FROM runs WHERE subject = ?)',
  )
  const awaited = db.prepare('DELETE FROM awaited WHERE run IN (SELECT id FROM runs WHERE subject = ?)')
  const query = db.prepare('DELETE FROM saved_queries WHERE team = ? AND user = ? AND name = ?')
  const drafts = db.prepare('DELETE FROM drafts')
  db.transaction(() => {
    // Half a name in a form cannot be searched for, nor one that a restored database does not know yet.
    drafts.run()
    for (const { team, user, name } of queries) query.run(team, user, name)
    for (const subject of subjects) {
      directory.run(subject)
      end.run(at, subject)
      drop.run(subject)
      cards.run(subject)
      inbox.run(subject)
      awaited.run(subject)
    }
  }).immediate()
  const busy = db.prepare<[], number>('PRAGMA wal_checkpoint(TRUNCATE)').pluck().get()
  if (busy !== 0) throw new Error('A reader kept erased names in the write-ahead file: erase them again')
}
