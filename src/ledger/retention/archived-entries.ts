import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { listSegments } from '../../../db/sqlite/segment-queries.ts'
import type { StoredSegment } from '../../../db/store.ts'
import { readSegment, type SegmentEntry } from './read-segment.ts'

/** A leaf of a segment: its entry, or why there is none. */
export interface ArchivedLeaf {
  segment: StoredSegment
  entry: SegmentEntry | null
  /** Why the file could not be read; null when it could. */
  unreadable: string | null
}

interface OpenSegment {
  segment: StoredSegment
  entries: ReadonlyMap<number, SegmentEntry>
  unreadable: string | null
}

/** Entries that stand in segments, by their leaf; one file is kept open in memory, as they are asked for in order. */
export function archivedEntries(
  db: Database.Database,
  folder: string | null,
): { at(leaf: number): ArchivedLeaf | null } {
  const segments = listSegments(db)
  let open: OpenSegment | null = null
  return {
    at(leaf) {
      const segment = segments.find(({ fromLeaf, toLeaf }) => leaf >= fromLeaf && leaf < toLeaf)
      if (!segment) return null
      if (open?.segment !== segment) open = openSegment(segment, folder)
      return { segment, entry: open.entries.get(leaf) ?? null, unreadable: open.unreadable }
    },
  }
}

function openSegment(segment: StoredSegment, folder: string | null): OpenSegment {
  const nothing = { segment, entries: new Map<number, SegmentEntry>() }
  const path = folder === null ? null : join(folder, segment.file)
  if (path === null || !existsSync(path)) return { ...nothing, unreadable: 'is not there' }
  try {
    return { segment, entries: new Map([...readSegment(path)].map((entry) => [entry.leaf, entry])), unreadable: null }
  } catch (error) {
    return { ...nothing, unreadable: `cannot be read: ${error instanceof Error ? error.message : String(error)}` }
  }
}
