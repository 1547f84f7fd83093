import type { archivedEntries } from '../retention/archived-entries.ts'
import { leafHash, sameHash } from '../tree/hash.ts'
import type { Findings } from './findings.ts'
import type { LeafRow } from './read-rows.ts'

/**
 * Holds the entries of segments against their leaves. A file that cannot be read is one finding, not one for each of
 * its entries. `check` answers whether the leaf belongs to a segment: then its entry need not be in the database.
 */
export function createArchivedCheck(archived: ReturnType<typeof archivedEntries>, findings: Findings) {
  const told = new Set<string>()
  let count = 0
  return {
    check(leaf: LeafRow): boolean {
      const found = archived.at(leaf.leaf)
      if (!found) return false
      count += 1
      const { segment, entry, unreadable } = found
      const place = { leaf: leaf.leaf, entry: leaf.entry }
      if (unreadable !== null) {
        if (told.has(segment.file)) return true
        told.add(segment.file)
        const says = `in a segment up to leaf ${segment.toLeaf - 1} whose file ${segment.file} ${unreadable}`
        findings.add({ ...place, says })
      } else if (!entry) findings.add({ ...place, says: `missing in its segment ${segment.file}` })
      else if (!sameHash(leafHash(entry.bytes), leaf.hash)) {
        findings.add({
          ...place,
          says: `changed in its segment ${segment.file}: its bytes are not those that were sealed`,
        })
      } else if (entry.id !== leaf.entry || !entry.bytes.includes(`"id":"${leaf.entry}"`)) {
        findings.add({ ...place, says: `changed: its id is not the one in its segment ${segment.file}` })
      }
      return true
    },
    count: () => count,
  }
}
