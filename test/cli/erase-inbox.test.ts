import { expect, it } from 'vitest'
import { TEAM } from '../support/test-ids.ts'
import { testKeys } from '../support/test-keys.ts'
import { openErasing } from './open-erasing.ts'

it('what came in from outside for a run of somebody is erased with them, and nobody else’s', async () => {
  using at = openErasing()
  const { store, sample } = at
  const [jane, bob] = [sample.run({ status: 'succeeded', endedAt: 1 }), sample.run({ status: 'succeeded', endedAt: 1 })]
  for (const run of [jane, bob]) await store.commit(sample.start(run))
  await store.close()
  const [hers, his] = [sample.ids.subject(), sample.ids.subject()]
  using held = await testKeys(at.clock, [jane.subject, bob.subject, hers, his])
  const { keys } = held

  const db = at.openDatabase()
  const item =
    db.prepare(`INSERT INTO inbox (id, team, source, event, status, match, run, owner, received_at, version, sealed)
    VALUES (?, ?, 'contracts', ?, 'taken', 'acme', ?, ?, 1, 1, ?)`)
  const awaited = db.prepare(
    `INSERT INTO awaited (team, match, run, step, event, since) VALUES (?, 'acme', ?, 'signed', 'e', 1)`,
  )
  for (const [run, owner] of [
    [jane, hers],
    [bob, his],
  ] as const) {
    item.run(
      `item-${owner}`,
      TEAM,
      `event-${owner}`,
      run.id,
      owner,
      keys.sealState(owner, Buffer.from('signed by somebody')),
    )
    awaited.run(TEAM, run.id)
  }
  const sealed = keys.sealState(hers, Buffer.from('kept elsewhere'))

  await at.erase(keys, [jane.subject])
  expect(keys.openState(hers, sealed)).toBeNull()
  expect(db.prepare('SELECT length(sealed) AS size, match FROM inbox ORDER BY run').all()).toEqual([
    { size: 0, match: null },
    { size: expect.any(Number), match: 'acme' },
  ])
  expect(db.prepare('SELECT run FROM awaited').pluck().all()).toEqual([bob.id])
  const left = db.prepare<[string], Buffer>('SELECT sealed FROM inbox WHERE owner = ?').pluck().get(his)
  expect(Buffer.from(keys.openState(his, left ?? Buffer.alloc(0)) ?? []).toString()).toBe('signed by somebody')
  db.close()
})
