import { forgetSubjects, inboxOwnersOf } from '../../db/sqlite/forget-subjects.ts'
import { openDatabase } from '../../db/sqlite/open-database.ts'
import type { SubjectKeys } from '../secrets/subject-keys.ts'
import { queriesNaming } from './queries-naming.ts'

/** Erases subjects from the keys and from the database of a folder that nobody else works on; at once, and for good. */
export async function eraseWhere(
  { databasePath, keys }: { databasePath: string; keys: Pick<SubjectKeys, 'erase' | 'openState'> },
  subjects: readonly string[],
  at: number,
): Promise<void> {
  if (subjects.length === 0) return
  const db = openDatabase(databasePath)
  try {
    const queries = queriesNaming(db, keys, subjects)
    // Each thing that came in has a key of its own: what a run of theirs took in goes with them.
    await keys.erase([...subjects, ...inboxOwnersOf(db, subjects)])
    forgetSubjects(db, { subjects, queries }, at)
  } finally {
    db.close()
  }
}

/** Writes a database file anew, without what deleted rows may have left between the others. */
export function wipeFreeSpace(path: string): void {
  const db = openDatabase(path)
  try {
    db.exec('VACUUM')
    db.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    db.close()
  }
}
