import { expect, it } from 'vitest'
import { SubjectId, type TeamId, UserId } from '../../src/domain/ids.ts'
import { OTHER_TEAM, TEAM } from '../support/test-ids.ts'
import { testKeys } from '../support/test-keys.ts'
import { openErasing } from './open-erasing.ts'

it('saved queries that name somebody are erased with them, and nobody else’s', async () => {
  using at = openErasing()
  const { store, sample } = at
  const [zoe, zoeElsewhere] = [sample.ids.subject(), sample.ids.subject()].map((id) => SubjectId.parse(id))
  if (!zoe || !zoeElsewhere) throw new Error('no ids')
  using held = await testKeys(at.clock, [TEAM, OTHER_TEAM, zoe, zoeElsewhere])
  const { keys } = held
  const jane = { key: 'zoe.doe@acme.example', label: 'Zoë Doe' }
  await store.commit(sample.write({ subject: { id: zoe, team: TEAM, ...jane } }))
  const save = async (name: string, query: string, team: TeamId = TEAM): Promise<void> => {
    const sealed = keys.sealState(team, Buffer.from(query))
    const saved = { team, user: UserId.parse('U0OLGA'), name, sealed, at: 1 }
    await store.commit(sample.write({ savedQuery: { kind: 'save', saved } }))
  }
  await save('by-address', 'ZOE.doe@acme.example service:github')
  await save('by-name', 'subject:"Doe, Zoe" since:7d')
  await save('by-id', `subject:${zoe}`)
  await save('zoë-doe', 'service:gusto')
  await save('zoe.doe', 'subject:zoe.doe@acme.example')
  await save('another', 'joe.doe@acme.example')
  await save('part', 'zoe since:7d')
  await save('errors', 'status:>=400')
  await save('elsewhere', 'zoe.doe@acme.example', OTHER_TEAM)
  await store.close()

  await at.erase(keys, [zoe])
  const db = at.openDatabase()
  const left = () => db.prepare('SELECT name FROM saved_queries ORDER BY name').pluck().all()
  expect(left()).toEqual(['another', 'elsewhere', 'errors', 'part'])
  const erasedAgain = keys.sealState(TEAM, Buffer.from('kind:subject.erased erased'))
  db.prepare("INSERT INTO saved_queries VALUES (?, 'U0OLGA', 'erased', ?, 1)").run(TEAM, erasedAgain)
  await at.erase(keys, [zoe])
  expect(left()).toContain('erased')
  db.close()
})

it('what was written in forms that were closed is gone with whomever is erased: half a name cannot be searched for', async () => {
  using at = openErasing()
  const { store, sample } = at
  const zoe = SubjectId.parse(sample.ids.subject())
  using held = await testKeys(at.clock, [TEAM, OTHER_TEAM, zoe])
  const { keys } = held
  await store.commit(sample.write({ subject: { id: zoe, team: TEAM, key: 'zoe.doe@acme.example', label: 'Zoë Doe' } }))
  const run = sample.run()
  const forms = { address: { workEmail: 'Zoe.Doe@acme.example' }, part: { name: 'Zo' }, [`skip-step ${run.id} a`]: {} }
  for (const [workflow, values] of Object.entries(forms)) {
    const sealed = keys.sealState(TEAM, Buffer.from(JSON.stringify(values)))
    const draft = { team: TEAM, user: UserId.parse('U0OLGA'), workflow, sealed, at: 1 }
    await store.commit(sample.write({ formDraft: { kind: 'keep', draft, before: 0 } }))
  }
  await store.close()

  const left = () => {
    const db = at.openDatabase()
    try {
      return db.prepare('SELECT count(*) FROM drafts').pluck().get()
    } finally {
      db.close()
    }
  }
  expect(left()).toBe(3)
  await at.erase(keys, [])
  expect(left()).toBe(3)
  await at.erase(keys, [zoe])
  expect(left()).toBe(0)
})

it('a run in line that is about somebody is taken out of it with them, and keeps nobody waiting', async () => {
  using at = openErasing()
  const { store, sample } = at
  const run = sample.run({ inLine: 1 })
  using held = await testKeys(at.clock, [TEAM, run.subject])
  await store.commit(sample.write({ run: { kind: 'insert', run, startKey: 'V1' } }))
  expect(await store.runsInLine(5)).toHaveLength(1)
  await store.close()

  await at.erase(held.keys, [run.subject])
  const again = at.openStore()
  expect(await again.runsInLine(5)).toEqual([])
  await again.close()
})
