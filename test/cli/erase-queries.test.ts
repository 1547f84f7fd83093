import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { openSqliteStore } from '../../db/sqlite/sqlite-store.ts'
import { eraseWhere } from '../../src/cli/erase-where.ts'
import { SubjectId, type TeamId, UserId } from '../../src/domain/ids.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { sampleChanges } from '../support/sample-changes.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { OTHER_TEAM, TEAM } from '../support/test-ids.ts'
import { testKeys } from '../support/test-keys.ts'

it('saved queries that name somebody are erased with them, and nobody else’s', async () => {
  using folder = tempFolder()
  const path = join(folder.path, 'purser.db')
  const clock = createFakeClock()
  const store = openSqliteStore({
    path,
    onDiskFailure: (error) => {
      throw error
    },
  })
  const sample = sampleChanges(clock)
  const [zoe, zoeElsewhere] = [sample.ids.subject(), sample.ids.subject()].map((id) => SubjectId.parse(id))
  if (!zoe || !zoeElsewhere) throw new Error('no ids')
  using held = await testKeys(clock, [TEAM, OTHER_TEAM, zoe, zoeElsewhere])
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

  await eraseWhere({ databasePath: path, keys }, [zoe], clock.now())
  const db = new Database(path)
  const left = () => db.prepare('SELECT name FROM saved_queries ORDER BY name').pluck().all()
  expect(left()).toEqual(['another', 'elsewhere', 'errors', 'part'])
  const erasedAgain = keys.sealState(TEAM, Buffer.from('kind:subject.erased erased'))
  db.prepare("INSERT INTO saved_queries VALUES (?, 'U0OLGA', 'erased', ?, 1)").run(TEAM, erasedAgain)
  await eraseWhere({ databasePath: path, keys }, [zoe], clock.now())
  expect(left()).toContain('erased')
  db.close()
})

it('forms that were closed half-filled and name somebody are erased with them, and nobody else’s', async () => {
  using folder = tempFolder()
  const path = join(folder.path, 'purser.db')
  const clock = createFakeClock()
  const store = openSqliteStore({
    path,
    onDiskFailure: (error) => {
      throw error
    },
  })
  const sample = sampleChanges(clock)
  const zoe = SubjectId.parse(sample.ids.subject())
  using held = await testKeys(clock, [TEAM, OTHER_TEAM, zoe])
  const { keys } = held
  await store.commit(sample.write({ subject: { id: zoe, team: TEAM, key: 'zoe.doe@acme.example', label: 'Zoë Doe' } }))
  const keep = async (workflow: string, values: object, team: TeamId = TEAM): Promise<void> => {
    const sealed = keys.sealState(team, Buffer.from(JSON.stringify(values)))
    const draft = { team, user: UserId.parse('U0OLGA'), workflow, sealed, at: 1 }
    await store.commit(sample.write({ formDraft: { kind: 'keep', draft, before: 0 } }))
  }
  await keep('address', { workEmail: 'Zoe.Doe@acme.example' })
  await keep('name', { note: 'for\nZoe\nDoe' })
  await keep('list', { people: [{ name: 'Zoë Doe' }] })
  await keep('another', { name: 'Joe Doe', workEmail: 'joe.doe@acme.example' })
  await keep('elsewhere', { workEmail: 'zoe.doe@acme.example' }, OTHER_TEAM)
  await store.close()

  await eraseWhere({ databasePath: path, keys }, [zoe], clock.now())
  const db = new Database(path)
  expect(db.prepare('SELECT workflow FROM drafts ORDER BY workflow').pluck().all()).toEqual(['another', 'elsewhere'])
  db.close()
})

it('a run in line that is about somebody is taken out of it with them, and keeps nobody waiting', async () => {
  using folder = tempFolder()
  const path = join(folder.path, 'purser.db')
  const clock = createFakeClock()
  const onDiskFailure = (error: unknown): never => {
    throw error
  }
  const store = openSqliteStore({ path, onDiskFailure })
  const sample = sampleChanges(clock)
  const run = sample.run({ inLine: 1 })
  using held = await testKeys(clock, [TEAM, run.subject])
  await store.commit(sample.write({ run: { kind: 'insert', run, startKey: 'V1' } }))
  expect(await store.runsInLine(5)).toHaveLength(1)
  await store.close()

  await eraseWhere({ databasePath: path, keys: held.keys }, [run.subject], clock.now())
  const again = openSqliteStore({ path, onDiskFailure })
  expect(await again.runsInLine(5)).toEqual([])
  await again.close()
})

it('the draft of a form about their run goes with them, whatever it says', async () => {
  using folder = tempFolder()
  const path = join(folder.path, 'purser.db')
  const clock = createFakeClock()
  const onDiskFailure = (error: unknown): never => {
    throw error
  }
  const store = openSqliteStore({ path, onDiskFailure })
  const sample = sampleChanges(clock)
  const [erased, other] = [sample.run(), sample.run()]
  using held = await testKeys(clock, [TEAM, erased.subject, other.subject])
  const sealed = held.keys.sealState(TEAM, Buffer.from('{"reason":"She is ill"}'))
  for (const run of [erased, other]) {
    await store.commit(sample.start(run))
    const draft = { team: TEAM, user: UserId.parse('U0OLGA'), workflow: `skip-step ${run.id} abc`, sealed, at: 1 }
    await store.commit(sample.write({ formDraft: { kind: 'keep', draft, before: 0 } }))
  }
  await store.close()
  await eraseWhere({ databasePath: path, keys: held.keys }, [erased.subject], clock.now())
  const db = new Database(path)
  expect(db.prepare('SELECT workflow FROM drafts').pluck().all()).toEqual([`skip-step ${other.id} abc`])
  db.close()
})
