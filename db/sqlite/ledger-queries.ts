import type Database from 'better-sqlite3'
import { EntryCore, type StoredEntry } from '../../src/domain/entry.ts'
import type { RulesVersion, Store, StoredCheckpoint } from '../store.ts'
import { type EntryRow, selectEntries } from './select-entries.ts'

type LedgerQueries = Pick<
  Store,
  'entries' | 'entry' | 'callsOf' | 'rulesVersion' | 'latestRules' | 'latestCheckpoint' | 'hasEntriesBeyond'
>

/** Reads of entries and rules versions; rows become entries by the format's own parser. */
export function ledgerQueries(db: Database.Database): LedgerQueries {
  const one = db.prepare<[string, string], EntryRow>('SELECT id, bytes FROM entries WHERE team = ? AND id = ?')
  const calls = db.prepare<[string], EntryRow>(
    `SELECT id, bytes FROM entries WHERE run = ? AND kind IN ('call.intended', 'call.answered', 'call.unanswered')
      ORDER BY id`,
  )
  const rules = db.prepare<[number], RulesVersion>(
    'SELECT version, digest, text, at FROM rules_versions WHERE version = ?',
  )
  const latest = db.prepare<[], RulesVersion>(
    'SELECT version, digest, text, at FROM rules_versions ORDER BY version DESC LIMIT 1',
  )
  const checkpoint = db.prepare<[], StoredCheckpoint>(
    'SELECT size, at, note FROM checkpoints ORDER BY size DESC LIMIT 1',
  )
  const beyond = db.prepare<[number, string], number>(
    `SELECT 1 FROM entries WHERE rowid > coalesce((SELECT entry_row FROM leaves WHERE leaf = ? - 1), 0) 
      AND actor NOT IN (SELECT value FROM json_each(?)) LIMIT 1`,
  )
  return {
    entries: async (filter, before, limit) => selectEntries(db, filter, { before, limit }).map(parseEntry),
    async entry(team, id) {
      const row = one.get(team, id)
      return row ? parseEntry(row) : null
    },
    callsOf: async (run) => calls.all(run).map(parseEntry),
    rulesVersion: async (version) => rules.get(version) ?? null,
    latestRules: async () => latest.get() ?? null,
    latestCheckpoint: async () => checkpoint.get() ?? null,
    hasEntriesBeyond: async (size, actors) => beyond.get(size, JSON.stringify(actors)) !== undefined,
  }
}

/** An entry from its stored bytes. */
function parseEntry(row: { bytes: string }): StoredEntry {
  return { core: EntryCore.parse(JSON.parse(row.bytes)), bytes: row.bytes }
}
