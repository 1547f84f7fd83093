import { existsSync } from 'node:fs'
import Database from 'better-sqlite3'
import { z } from 'zod'

const Tombstone = z.object({
  /** The id of the subject whose key was erased. */
  owner: z.string(),
  /** When, in milliseconds since 1970. */
  at: z.int().nonnegative(),
})

/** Whose keys were erased, as it is kept beside backups; ids only, so that it may be kept for good. */
export const Tombstones = z.object({ v: z.literal(1), tombstones: z.array(Tombstone) })
export type Tombstones = z.infer<typeof Tombstones>

/** The tombstones in a file of keys; none when there is no such file. */
export function readTombstones(keysPath: string): Tombstones {
  if (!existsSync(keysPath)) return { v: 1, tombstones: [] }
  const db = new Database(keysPath, { readonly: true, fileMustExist: true })
  try {
    return Tombstones.parse({ v: 1, tombstones: db.prepare('SELECT owner, at FROM tombstones ORDER BY number').all() })
  } finally {
    db.close()
  }
}
