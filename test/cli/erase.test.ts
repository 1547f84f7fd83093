import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { scanForTraces } from '../../src/cli/scan-for-traces.ts'
import { peopleAtWork } from '../story/people-at-work.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { openWorkplace, until } from '../support/workplace.ts'
import { workplaceRules } from '../support/workplace-rules.ts'
import { runPurser } from './run-purser.ts'

const JANE = 'jane.doe@acme.example'
const TWO = ['--by', 'Olga Ops', '--second', 'Mona Manager']

/** Files of a folder in which one of these stands, in any of its bytes. */
const filesWith = (folder: string, wanted: readonly (string | Buffer)[]): string[] =>
  readdirSync(folder).filter((name) => {
    const bytes = readFileSync(join(folder, name))
    return wanted.some((each) => bytes.includes(each))
  })

function ask<T>(path: string, sql: string, ...values: string[]): T[] {
  const db = new Database(path, { readonly: true })
  try {
    return db
      .prepare<string[], T>(sql)
      .pluck()
      .all(...values)
  } finally {
    db.close()
  }
}

/** As if somebody had written them into the rules file once. */
function nameInRules(path: string, address: string): void {
  const db = new Database(path)
  db.prepare('INSERT INTO rules_versions VALUES (99, ?, ?, 0)').run('0', `people: [${address}]`)
  db.close()
}

describe('purser erase', () => {
  it('leaves nothing of a person in any file, also after a kill and after an older backup is restored', async () => {
    await using office = await openWorkplace({ rules: workplaceRules({ backOff: '[1s, 2s, 5s, 10s, 20s, 30s]' }) })
    const people = peopleAtWork(office)
    const database = join(office.data, 'purser.db')
    const keysPath = join(office.data, 'keys.db')
    const erase = (...more: string[]) => runPurser(['erase', JANE, ...TWO, '--data', office.data, ...more])
    await office.place.startPurser()
    await office.break({ service: 'gusto', kind: '503' })
    await people.onboard('Jane Doe')
    await people.onboard('Bob Roe')
    await people.runCard('Jane Doe', '5 of 7 steps finished')
    expect((await erase()).err).toContain('Another Purser works on')
    const copy = join(office.folder, 'backup')
    expect(await runPurser(['backup', '--to', copy, '--data', office.data])).toMatchObject({ code: 0 })

    await office.place.killPurser()
    const open = await erase()
    expect(open).toMatchObject({ code: 1, out: '' })
    expect(open.err).toContain('have not ended')
    await office.mend('gusto')
    await office.place.startPurser()
    const ended = "SELECT id FROM runs WHERE status = 'succeeded'"
    await until('both runs have ended', () => ask(database, ended).length === 2)
    await office.place.killPurser()

    const [id = ''] = ask<string>(database, 'SELECT id FROM subjects WHERE key = ?', JANE)
    const [key = Buffer.alloc(0)] = ask<Buffer>(keysPath, 'SELECT wrapped FROM keys WHERE owner = ?', id)
    const traces = [JANE, 'Jane Doe', key]
    expect(filesWith(office.data, traces)).toEqual(expect.arrayContaining(['keys.db', 'purser.db']))
    const stones = join(office.folder, 'tombstones.json')
    expect((await erase('--tombstones', join(office.folder, 'none', 'x.json'))).err).toContain('is not there')
    expect(filesWith(office.data, traces)).toContain('purser.db')
    const erased = await erase('--tombstones', stones)
    expect(erased).toMatchObject({ code: 0, err: '' })
    expect(erased.out).toContain('nothing is left')
    expect(erased.out).toMatch(/ {2}C\w+ \d+\.\d{6}/)
    expect(filesWith(office.data, traces)).toEqual([])
    expect(filesWith(office.data, ['bob.roe@acme.example'])).toContain('purser.db')
    const [bytes = ''] = ask<string>(database, "SELECT bytes FROM entries WHERE kind = 'subject.erased'")
    expect(JSON.parse(bytes)).toMatchObject({ actor: 'purser:operator', subjects: [], facts: { subject: id } })
    expect(bytes).not.toContain('Mona')
    expect(readFileSync(stones, 'utf8')).toContain(id)

    const old = join(office.folder, 'data.old')
    renameSync(office.data, old)
    const restore = ['restore', '--from', copy, '--keys', old, '--data', office.data, '--tombstones', stones]
    const restored = await runPurser(restore)
    expect(restored).toMatchObject({ code: 0, err: '' })
    expect(restored.out).toContain('1 erased subject stays erased')
    expect(restored.out).toContain('One run was open then')
    expect(filesWith(office.data, traces)).toEqual([])

    rmSync(office.data, { recursive: true })
    renameSync(old, office.data)
    await office.place.startPurser()
    expect((await office.toldPrivately('ops', () => office.slash('ops', '/process', 'Jane Doe'))).text).not.toContain(
      'of 7',
    )
    await people.onboard('Ann Lee')
    await until('Ann is onboarded', () => ask(database, ended).length === 3)
    const [ann = ''] = ask<string>(database, 'SELECT id FROM subjects WHERE label = ?', 'Ann Lee')
    const [hers = Buffer.alloc(0)] = ask<Buffer>(keysPath, 'SELECT wrapped FROM keys WHERE owner = ?', ann)
    await office.place.killPurser()
    const inSideFiles = filesWith(office.data, ['Ann Lee', hers])
    expect(inSideFiles).toEqual(expect.arrayContaining(['keys.db-wal', 'purser.db-wal']))
    const next = await runPurser(['erase', 'Ann.Lee@acme.example', ...TWO, '--data', office.data])
    expect(next).toMatchObject({ code: 0, err: '' })
    expect(filesWith(office.data, ['Ann Lee', 'ann.lee@acme.example', hers, ...traces])).toEqual([])
    expect(await runPurser(['ledger', 'verify', '--data', office.data])).toMatchObject({ code: 0 })

    nameInRules(database, 'bob.roe@acme.example')
    const named = await runPurser(['erase', 'bob.roe@acme.example', ...TWO, '--data', office.data])
    expect(named).toMatchObject({ code: 1, err: '' })
    expect(named.out).toContain('purser.db: the address')
    expect(named.out).toContain('They are named in the rules, version 99. ')
  })

  it('wants two people, and somebody whom Purser knows', async () => {
    await using office = await openWorkplace({ rules: workplaceRules() })
    await office.place.startPurser()
    await office.place.stopPurser()
    const erase = (...args: string[]) => runPurser(['erase', '--data', office.data, ...args])
    expect((await erase(JANE, '--by', 'Olga Ops')).err).toContain('two people')
    expect((await erase(JANE, '--by', 'Olga Ops', '--second', 'olga ops')).err).toContain('two people')
    expect(await erase(...TWO)).toMatchObject({ code: 2 })
    expect((await erase(JANE, ...TWO)).err).toContain('knows nobody')
    expect(await runPurser(['erase', JANE, ...TWO, '--data', office.folder])).toMatchObject({ code: 2 })
  })
})

describe('the search for what is left', () => {
  it('finds bytes wherever they stand, also across two pieces of a large file, and in folders within', async () => {
    using folder = tempFolder()
    const piece = 1024 * 1024
    const large = Buffer.alloc(2 * piece, 1)
    large.write('Jane Doe', piece - 3)
    writeFileSync(join(folder.path, 'large'), large)
    mkdirSync(join(folder.path, 'within'))
    writeFileSync(join(folder.path, 'within', 'small'), 'x Jane Doe x')
    writeFileSync(join(folder.path, 'other'), 'Jane D. and Al')
    const traces = [
      { what: 'the name', bytes: Buffer.from('Jane Doe') },
      { what: 'too short', bytes: Buffer.from('Al') },
    ]
    expect((await scanForTraces(folder.path, traces)).sort()).toEqual(['large: the name', 'small: the name'])
  })
})
