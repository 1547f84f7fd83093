import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { peopleAtWork } from '../story/people-at-work.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { type OpenWorkplace, openWorkplace, until } from '../support/workplace.ts'
import { workplaceRules } from '../support/workplace-rules.ts'
import { runPurser } from './run-purser.ts'

const SERVICES = ['google', 'jira', 'github', 'salesforce', 'gusto'] as const

/** What the services made so far; changes of what stands are left out. */
async function made(office: OpenWorkplace): Promise<string[]> {
  const effects = await Promise.all(SERVICES.map((service) => office.effects(service)))
  return effects.flat().filter((effect) => !effect.includes('.updated'))
}

describe('purser backup and purser restore', () => {
  it('brings a run back that has gone on since: paused first, and then nothing is done twice', async () => {
    await using office = await openWorkplace({ rules: workplaceRules({ backOff: '[1s, 2s, 5s, 10s, 20s, 30s]' }) })
    const people = peopleAtWork(office)
    const copy = join(office.folder, 'backup')
    const old = join(office.folder, 'data.old')
    const env = { PURSER_RULES: join(office.folder, 'rules.yml') }
    await office.place.startPurser()
    await office.break({ service: 'gusto', kind: '503' })
    await people.onboard('Jane Doe')
    await people.runCard('Jane Doe', '5 of 7 steps finished')

    const backedUp = await runPurser(['backup', '--to', copy, '--data', office.data], env)
    expect(backedUp).toMatchObject({ code: 0, err: '' })
    expect(backedUp.out).toContain(': 1 run, ')
    expect(readdirSync(copy).sort()).toEqual(['backup.json', 'purser.db', 'rules.yml', 'tombstones.json'])

    await office.mend('gusto')
    await until('the run has ended', () => endedRuns(office.data) === 1)
    expect(await office.messages('welcome-jane-doe')).toHaveLength(1)
    const before = await made(office)
    const inUse = await runPurser(['restore', '--from', copy, '--keys', office.data, '--data', office.data])
    expect(inUse).toMatchObject({ code: 1, out: '' })
    expect(inUse.err).toContain('Another Purser works on')
    await office.place.stopPurser()
    renameSync(office.data, old)

    const restored = await runPurser(['restore', '--from', copy, '--keys', old, '--data', office.data])
    expect(restored).toMatchObject({ code: 0, err: '' })
    expect(restored.out).toMatch(/One run was open then.*\n {2}run [0-9a-f]{8}, employee-onboarding/)
    expect(restored.out).toContain('Payroll record')
    expect(restored.out).toContain('Welcome message')

    expect((await runPurser(['doctor'], { PURSER_DATA: office.data })).out).toMatch(/^note {3}Paused/m)
    await office.place.startPurser()
    expect(office.lines.some((line) => line.includes('restored from the backup of'))).toBe(true)
    const told = await office.toldPrivately('ops', () => office.slash('ops', '/purser'))
    expect(told.text).toContain('Purser is paused')
    const form = await people.openForm('Bob Roe')
    const refused = await office.submit('ops', form, people.answers('Bob Roe'))
    expect(JSON.stringify(refused)).toContain('Purser is paused')
    expect(await people.runCards('Bob')).toHaveLength(0)
    expect(await made(office)).toEqual(before)

    expect(await runPurser(['resume', '--data', office.data])).toMatchObject({ code: 0 })
    await until('the run has ended again', () => endedRuns(office.data) === 1)
    expect(await made(office)).toEqual(before)
    expect(await office.messages('welcome-jane-doe')).toHaveLength(1)
    expect(await people.runCards('Jane')).toHaveLength(1)
    await people.onboard('Bob Roe')
    expect(await runPurser(['resume', '--data', office.data])).toMatchObject({ code: 2 })
  })
})

function endedRuns(data: string): number {
  const db = new Database(join(data, 'purser.db'), { readonly: true })
  try {
    return db.prepare<[], number>("SELECT count(*) FROM runs WHERE status = 'succeeded'").pluck().get() ?? 0
  } finally {
    db.close()
  }
}

describe('a backup', () => {
  it('is not written over another, into the data folder, or with the keys beside the ledger', async () => {
    await using office = await openWorkplace({ rules: workplaceRules() })
    await office.place.startPurser()
    const backup = (...args: string[]) => runPurser(['backup', '--data', office.data, ...args])
    const [copy, keys] = [join(office.folder, 'copy'), join(office.folder, 'keys')]
    expect(await backup('--to', copy, '--with-keys', join(copy, 'keys'))).toMatchObject({ code: 2, out: '' })
    expect(await backup('--to', join(office.data, 'copy'))).toMatchObject({ code: 2, out: '' })
    expect(await backup()).toMatchObject({ code: 2 })
    expect(existsSync(copy)).toBe(false)

    const done = await backup('--to', copy, '--with-keys', keys)
    expect(done.out).toContain('People who are erased')
    expect(readdirSync(keys)).toEqual(['keys.db'])
    expect(statSync(join(keys, 'keys.db')).mode & 0o077).toBe(0)
    expect(statSync(join(copy, 'purser.db')).mode & 0o077).toBe(0)
    expect(await backup('--to', copy)).toMatchObject({ code: 2 })
  })

  it('that is damaged or not whole is not restored, and leaves no folder behind', async () => {
    await using office = await openWorkplace({ rules: workplaceRules() })
    await office.place.startPurser()
    await office.place.stopPurser()
    const copy = join(office.folder, 'copy')
    await runPurser(['backup', '--data', office.data, '--to', copy])
    const data = join(office.folder, 'restored')
    const restore = (...args: string[]) => runPurser(['restore', '--from', copy, '--data', data, ...args])
    expect((await restore()).err).toContain('--keys')
    expect(await restore('--keys', office.folder)).toMatchObject({ code: 2 })

    appendFileSync(join(copy, 'purser.db'), 'x')
    const damaged = await restore('--keys', office.data)
    expect(damaged).toMatchObject({ code: 1, out: '' })
    expect(damaged.err).toContain('digest')
    const note = readFileSync(join(copy, 'backup.json'), 'utf8')
    writeFileSync(join(copy, 'backup.json'), note.slice(0, 20))
    expect(await restore('--keys', office.data)).toMatchObject({ code: 2 })
    expect(readdirSync(office.folder).filter((name) => name.startsWith('restored'))).toEqual([])
  })

  it('is not restored over anything', async () => {
    using folder = tempFolder()
    const data = join(folder.path, 'data')
    mkdirSync(data)
    writeFileSync(join(data, 'something.txt'), 'kept')
    mkdirSync(join(folder.path, 'copy'))
    const note = { v: 1, at: 1, sha256: '', counts: {} }
    writeFileSync(join(folder.path, 'copy', 'backup.json'), JSON.stringify(note))
    const over = await runPurser(['restore', '--from', join(folder.path, 'copy'), '--keys', data, '--data', data])
    expect(over).toMatchObject({ code: 2, out: '' })
    expect(readFileSync(join(data, 'something.txt'), 'utf8')).toBe('kept')
  })
})
