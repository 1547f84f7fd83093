import type Database from 'better-sqlite3'
import { type QueryRow, savedQueriesIn, subjectsIn } from '../../db/sqlite/forget-subjects.ts'
import type { SubjectKeys } from '../secrets/subject-keys.ts'

/** Saved queries of the ledger that name one of these subjects: by id, by address, or by the whole name. */
export function queriesNaming(
  db: Database.Database,
  keys: Pick<SubjectKeys, 'openState'>,
  subjects: readonly string[],
): QueryRow[] {
  const wanted = subjectsIn(db, subjects)
  return savedQueriesIn(db).filter(({ team, name, sealed }) => {
    const bytes = keys.openState(team, sealed)
    const text = bytes ? Buffer.from(bytes).toString() : ''
    return wanted.some(
      (subject) => subject.team === team && (names(text, subject) || names(name.replaceAll(/[._]/g, ' '), subject)),
    )
  })
}

interface Named {
  id: string
  key: string
  label: string
}

/** Whether a text names a subject: by id, by address, or by the whole name. */
export function names(text: string, { id, key, label }: Named): boolean {
  const said = folded(text)
  if ([id, key].some((each) => said.includes(folded(each)))) return true
  // Whoever was erased before has no name any more.
  if (key.startsWith('erased:')) return false
  const own = wordsOf(label)
  const all = new Set(wordsOf(text))
  return own.length > 0 && own.every((word) => all.has(word))
}

/** Capitals and accents make no other name of one. */
const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

/** An address stays one word: a firm's name in it is not the firm. */
const wordsOf = (text: string): string[] =>
  (folded(text).match(/[\p{L}\p{N}@.+]+/gu) ?? []).map((word) => word.replace(/\.+$/, ''))
