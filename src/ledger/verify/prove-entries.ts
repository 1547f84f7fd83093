import type Database from 'better-sqlite3'
import { archivedEntries } from '../retention/archived-entries.ts'
import { inclusionProof } from '../tree/proofs.ts'
import { storedTree } from '../tree/stored-tree.ts'
import { newestCheckpoint } from './export-ledger.ts'

/**
 * The lines of a proof for entries anywhere in the ledger: a head, the newest checkpoint, and each entry's bytes with the
 * hashes that lead from it to that checkpoint's root (RFC 6962 §2.1.1). `verify/verify.mjs` reads it.
 */
export function* selectedLines(
  db: Database.Database,
  leaves: readonly number[],
  segments: string | null,
): Generator<string> {
  const { origin, size, note } = newestCheckpoint(db)
  const { nodeOf } = storedTree(db)
  const archived = archivedEntries(db, segments)
  const row = db.prepare<[number], { id: string; bytes: string | null }>(
    'SELECT entry AS id, bytes FROM leaves LEFT JOIN entries ON entries.rowid = entry_row WHERE leaf = ?',
  )
  yield line({ purser: 'ledger-proofs', version: 1, origin, size, entries: leaves.length })
  yield line({ checkpoint: note })
  for (const leaf of leaves) {
    const found = row.get(leaf)
    const bytes = found?.bytes ?? archived.at(leaf)?.entry?.bytes ?? null
    const hashes = inclusionProof(nodeOf, leaf, size).map((hash) => Buffer.from(hash).toString('base64'))
    yield line({ leaf, id: found?.id ?? null, bytes, hashes })
  }
}

const line = (value: object): string => `${JSON.stringify(value)}\n`
