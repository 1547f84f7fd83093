import { expect, test } from 'vitest'
import { openDatabase } from '../../db/sqlite/open-database.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { sampleChanges } from '../support/sample-changes.ts'
import { TEAM } from '../support/test-ids.ts'
import { memoryStore, testStore } from '../support/test-store.ts'
import { storeContract } from './store-contract.ts'
import { cardsContract } from './store-contract-cards.ts'
import { childrenContract } from './store-contract-children.ts'
import { decisionsContract } from './store-contract-decisions.ts'
import { storeEventsContract } from './store-contract-events.ts'
import { holdsContract } from './store-contract-holds.ts'
import { peopleContract } from './store-contract-people.ts'
import { storeReadsContract } from './store-contract-reads.ts'
import { sweepContract } from './store-contract-sweep.ts'

storeContract(async () => testStore())
storeReadsContract(async () => memoryStore())
storeEventsContract(async () => memoryStore())
cardsContract(async () => memoryStore())
childrenContract(async () => memoryStore())
decisionsContract(async () => memoryStore())
holdsContract(async () => memoryStore())
peopleContract(async () => memoryStore())
sweepContract(async () => memoryStore())

test('the ledger refuses every way of rewriting an entry, raw SQL included', async () => {
  await using opened = testStore()
  const sample = sampleChanges(createFakeClock())
  const run = sample.run()
  const entry = sample.entry({ run: run.id, subjects: [run.subject] })
  await opened.store.commit(sample.start(run, { entries: [entry] }))

  const db = openDatabase(opened.path)
  const refused = [
    `UPDATE entries SET actor = 'somebody else'`,
    'DELETE FROM entries',
    `INSERT OR REPLACE INTO entries (rowid, id, team, at, kind, actor, bytes)
      SELECT rowid, id, team, at, kind, 'somebody else', bytes FROM entries`,
    `INSERT OR REPLACE INTO entries (id, team, at, kind, actor, bytes)
      SELECT id, team, at, kind, 'somebody else', bytes FROM entries`,
    `UPDATE entry_subjects SET subject = 'x'`,
    'DELETE FROM entry_subjects',
    'INSERT OR REPLACE INTO entry_subjects SELECT * FROM entry_subjects',
    `INSERT INTO entries SELECT * FROM entries WHERE true ON CONFLICT DO UPDATE SET actor = 'x'`,
  ]
  for (const sql of refused) expect(() => db.exec(sql), sql).toThrow(/append-only/)
  db.close()
  expect(await opened.store.entries({ team: TEAM }, null, 10)).toEqual([entry])
})

test('everything that was acknowledged is there after the store is opened again', async () => {
  await using opened = testStore()
  const sample = sampleChanges(createFakeClock())
  const run = sample.run({ attempts: [sample.ids.attempt()], wakeAt: 5 })
  await opened.store.commit(sample.start(run))
  const db = openDatabase(opened.path)
  const row = db.prepare('SELECT id, attempts, wake_at FROM runs').get()
  db.close()
  expect(row).toEqual({ id: run.id, attempts: JSON.stringify(run.attempts), wake_at: 5 })
})

test('what was given to commit before close is written, and the side file is left empty', async () => {
  await using opened = testStore()
  const sample = sampleChanges(createFakeClock())
  const entry = sample.entry()
  const answer = opened.store.commit(sample.write({ entries: [entry] }))
  await opened.store.close()
  expect(await answer).toEqual({ kind: 'committed' })
  const db = openDatabase(opened.path)
  expect(db.prepare('SELECT id FROM entries').all()).toEqual([{ id: entry.core.id }])
  db.close()
})
