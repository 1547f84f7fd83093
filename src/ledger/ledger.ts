import type { EntryDraft, StoredEntry } from '../domain/entry.ts'

/** What an entry's sealed body says; `erased` when the keys of every subject in it are gone. */
export type OpenedBody = { kind: 'open'; body: Record<string, unknown> } | { kind: 'none' } | { kind: 'erased' }

/** Makes entries for the record and reads them again; writing them is the store's, with the change that they belong to. */
export interface Ledger {
  /** Seals, canonicalizes; the keys of the draft's subjects must exist (see SubjectKeys.ensure). */
  entry(draft: EntryDraft): StoredEntry
  /** Commits entries that belong to no other change. */
  record(drafts: readonly EntryDraft[]): Promise<void>
  open(entry: StoredEntry): OpenedBody
}
