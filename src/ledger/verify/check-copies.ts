import type Database from 'better-sqlite3'
import type { EntryCore } from '../../domain/entry.ts'
import type { Findings } from './findings.ts'
import type { EntryRow } from './read-rows.ts'

const COLUMNS = ['id', 'team', 'at', 'kind', 'actor', 'run', 'step', 'service', 'method', 'status'] as const
/** Entries whose places in the index of subjects are looked up together. */
const AT_ONCE = 8192

interface Looked {
  entry: string
  leaf: number | null
}

/**
 * Holds an entry's row against its hashed bytes: the columns that queries filter by, and its places in the index of
 * subjects. Whoever changes those hides the entry from a search, without touching a hash. `end` looks up what is left.
 */
export function createCopiesCheck(db: Database.Database, findings: Findings) {
  const indexed = db
    .prepare<[string, string, string], string>(
      'SELECT entry FROM entry_subjects WHERE subject = ? AND entry BETWEEN ? AND ?',
    )
    .pluck()
  const waiting = new Map<string, Looked[]>()
  let count = 0

  const lookUp = (): void => {
    for (const [subject, looked] of waiting) {
      const [first, last] = ends(looked)
      const found = new Set(indexed.all(subject, first, last))
      for (const { entry, leaf } of looked) {
        if (!found.has(entry)) tell({ leaf, entry, says: 'searches for its subject do not find it any more' })
      }
    }
    waiting.clear()
    count = 0
  }
  const tell = ({ says, ...place }: Looked & { says: string }): void =>
    findings.add({ ...place, says: `not what is shown: ${says}` })

  return {
    check(row: EntryRow, leaf: number | null): void {
      const core = parse(row.bytes)
      const place = { entry: row.id, leaf }
      const differing = core && COLUMNS.find((column) => (core[column] ?? null) !== row[column])
      if (core === null) tell({ ...place, says: 'its bytes are no entry' })
      else if (differing) tell({ ...place, says: `searches see another ${differing} than the one in its bytes` })
      for (const subject of core?.subjects ?? []) {
        const looked = waiting.get(subject)
        if (looked) looked.push(place)
        else waiting.set(subject, [place])
        count += 1
      }
      if (count >= AT_ONCE) lookUp()
    },
    end: lookUp,
  }
}

function ends(looked: readonly Looked[]): [string, string] {
  let [first, last] = ['g', '']
  for (const { entry } of looked) {
    if (entry < first) first = entry
    if (entry > last) last = entry
  }
  return [first, last]
}

function parse(bytes: string): EntryCore | null {
  try {
    return JSON.parse(bytes) as EntryCore
  } catch {
    return null
  }
}
