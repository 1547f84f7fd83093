import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { openSqliteStore } from '../../db/sqlite/sqlite-store.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { sampleChanges } from '../support/sample-changes.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { TEAM } from '../support/test-ids.ts'

const MIGRATIONS = fileURLToPath(new URL('../../db/migrations', import.meta.url))
const journal: { entries: { tag: string; when: number }[] } = JSON.parse(
  readFileSync(join(MIGRATIONS, 'meta/_journal.json'), 'utf8'),
)

/** A database as an older version left it. */
function before(path: string, tag: string): Database.Database {
  const db = new Database(path)
  db.exec('CREATE TABLE __drizzle_migrations (id INTEGER PRIMARY KEY, hash TEXT NOT NULL, created_at NUMERIC)')
  for (const { tag: each, when } of journal.entries) {
    if (each >= tag) break
    for (const sql of readFileSync(join(MIGRATIONS, `${each}.sql`), 'utf8').split('--> statement-breakpoint'))
      db.exec(sql)
    db.prepare('INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)').run(each, when)
  }
  return db
}

test('clicks that an older version had acknowledged and not handled are known as such', async () => {
  using folder = tempFolder()
  const path = join(folder.path, 'purser.db')
  const db = before(path, '0022_unhandled')
  const clock = createFakeClock()
  const sample = sampleChanges(clock)
  const insert = db.prepare('INSERT INTO entries (id, team, at, kind, actor, bytes) VALUES (?, ?, ?, ?, ?, ?)')
  const received = (kind: 'click.received' | 'command.received' | 'run.started') => {
    const { core, bytes } = sample.entry({ kind })
    insert.run(core.id, core.team, core.at, core.kind, core.actor, bytes)
    return core.id
  }
  received('click.received')
  await clock.advance(61_000)
  const [handled, left] = [received('click.received'), received('command.received')]
  received('run.started')
  const marked = db.prepare('INSERT INTO received (team, source, id, at) VALUES (?, ?, ?, ?)')
  marked.run(TEAM, 'slack-handled', handled, clock.now())
  db.close()
  const store = openSqliteStore({ path, onDiskFailure: () => {} })
  expect(await store.unhandled(null, 10)).toEqual([{ team: TEAM, entry: left }])
  await store.close()
})
