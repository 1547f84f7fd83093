import { join } from 'node:path'
import Database from 'better-sqlite3'
import { EntryCore } from '../../src/domain/entry.ts'
import { loadMasterKey } from '../../src/secrets/master-key.ts'
import { readSubjectKeys } from '../../src/secrets/read-subject-keys.ts'

export interface KeptRun {
  id: string
  status: string
  ended: boolean
  /** The subject's e-mail address. */
  email: string
}

export interface KeptCall {
  core: EntryCore
  /** Opened: the request as the ledger keeps it. */
  body: { url?: string; body?: unknown }
}

/** Looks into Purser's files beside it, as an operator could. */
export function openKept(data: string) {
  const db = new Database(join(data, 'purser.db'), { readonly: true })
  const keysPath = join(data, 'keys.db')
  const { key } = loadMasterKey({ environment: undefined, file: join(data, 'master.key'), keysPath })
  const keys = readSubjectKeys(keysPath, key)
  const runs = db.prepare<[], { id: string; status: string; ended_at: number | null; key: string }>(
    'SELECT runs.id, status, ended_at, key FROM runs JOIN subjects ON subjects.id = runs.subject',
  )
  const cards = db.prepare<[], { stale: number }>('SELECT count(*) AS stale FROM cards WHERE stale_since IS NOT NULL')
  const entries = db.prepare<[string], { bytes: string }>('SELECT bytes FROM entries WHERE kind = ? ORDER BY rowid')
  const counts = db.prepare<[], { kind: string; n: number }>('SELECT kind, count(*) AS n FROM entries GROUP BY kind')
  return {
    runs: (): KeptRun[] =>
      runs.all().map(({ id, status, ended_at, key: email }) => ({ id, status, ended: ended_at !== null, email })),
    staleCards: (): number => cards.get()?.stale ?? 0,
    counts: (): Record<string, number> => Object.fromEntries(counts.all().map(({ kind, n }) => [kind, n])),
    entries: (kind: EntryCore['kind']): EntryCore[] =>
      entries.all(kind).map(({ bytes }) => EntryCore.parse(JSON.parse(bytes))),
    calls: (): KeptCall[] =>
      entries.all('call.intended').map(({ bytes }) => {
        const core = EntryCore.parse(JSON.parse(bytes))
        const opened = core.body ? keys.open(core.body) : null
        return { core, body: opened ? JSON.parse(Buffer.from(opened).toString()) : {} }
      }),
    [Symbol.dispose]() {
      keys.close()
      db.close()
    },
  }
}
