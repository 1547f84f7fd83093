import { dirname, join } from 'node:path'
import { forgetSubjects, inboxOwnersOf } from '../../db/sqlite/forget-subjects.ts'
import { openDatabase } from '../../db/sqlite/open-database.ts'
import { SEGMENTS } from '../ledger/retention/segment-file.ts'
import type { SubjectKeys } from '../secrets/subject-keys.ts'
import { queriesNaming } from './queries-naming.ts'
import { typedNaming } from './typed-naming.ts'

/**
 * Erases subjects from the keys and from the database of a folder that nobody else works on; at once, and for good.
 * Answers with how many things that people typed name them and are from before these could be erased.
 */
export async function eraseWhere(
  { databasePath, keys }: { databasePath: string; keys: Pick<SubjectKeys, 'erase' | 'open' | 'openState'> },
  subjects: readonly string[],
  at: number,
): Promise<number> {
  if (subjects.length === 0) return 0
  const db = openDatabase(databasePath)
  try {
    const queries = queriesNaming(db, keys, subjects)
    // Each thing that came in has a key of its own: what a run of theirs took in goes with them.
    // The same for what people typed, in commands and questions.
    const typed = typedNaming({ db, keys, segments: join(dirname(databasePath), SEGMENTS) }, subjects)
    await keys.erase([...subjects, ...inboxOwnersOf(db, subjects), ...typed.owners])
    forgetSubjects(db, { subjects, queries }, at)
    return typed.beyondReach
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
