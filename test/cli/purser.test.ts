import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { lockDataFolder } from '../../db/sqlite/process-lock.ts'
import { commands } from '../../src/cli/commands.ts'
import { failureInWords } from '../../src/cli/tell-failure.ts'
import { usage, usageOf } from '../../src/cli/tell-usage.ts'
import { repository } from '../repository/tracked-files.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { runPurser } from './run-purser.ts'

/** The options that a command's file reads. */
const optionsOf = (file: string): string[] =>
  [...readFileSync(repository(`src/cli/${file}.ts`), 'utf8').matchAll(/'?([a-z-]+)'?: \{ type: '(?:string|boolean)'/g)]
    .map(([, name = '']) => `--${name}`)
    .sort()

const caught = async (work: () => unknown): Promise<unknown> => {
  try {
    await work()
  } catch (error) {
    return error
  }
  throw new Error('nothing went wrong')
}

describe('purser', () => {
  it('says what it can do, and of each command what it takes', async () => {
    expect(await runPurser([])).toMatchObject({ code: 0, err: '', out: usage() })
    expect(await runPurser(['--help'])).toMatchObject({ code: 0, err: '', out: usage() })
    const { backup } = commands
    expect(backup && usageOf('backup', backup)).toContain('purser backup --to DIR [--with-keys DIR] [--data DIR]\n')
    for (const asked of [
      ['backup', '--help'],
      ['help', 'backup'],
      ['backup', '--to', 'x', '-h'],
    ]) {
      expect(await runPurser(asked)).toMatchObject({ code: 0, err: '', out: backup && usageOf('backup', backup) })
    }
  })

  it.each(Object.entries(commands).filter(([name]) => name !== 'ledger'))(
    '%s tells each option that it reads',
    (name, command) => {
      const told = command.takes.match(/--[a-z-]+/g) ?? []
      expect(told.sort()).toEqual(optionsOf(name))
    },
  )

  it('says which command may be meant, and that an option is not one', async () => {
    const typo = await runPurser(['bakcup'])
    expect(typo).toMatchObject({ code: 2, out: '' })
    expect(typo.err).toMatch(/^There is no command bakcup\. Did you mean backup\?\nUsage:\n/)
    expect(await runPurser(['constructor'])).toMatchObject({ code: 2, out: '' })
    const option = await runPurser(['erase', '--nope'])
    expect(option).toMatchObject({ code: 2, out: '' })
    expect(option.err).toBe("Unknown option '--nope'.\n`purser help erase` says what it takes.\n")
  })

  it('reads the settings of .env for each command', async () => {
    using folder = tempFolder()
    writeFileSync(join(folder.path, '.env'), 'PURSER_DATA=elsewhere\nPURSER_RULES=other.yml\n')
    const places = await Promise.all(
      [
        ['backup', '--to', 'copy'],
        ['ledger', 'key'],
        ['diagram', 'client-contract'],
      ].map((args) => runPurser(args, {}, folder.path)),
    )
    expect(places.map(({ err }) => err.split('\n')[0])).toEqual([
      "elsewhere holds no database of Purser's.",
      'There is no elsewhere/ledger.key: Purser makes it when it first starts.',
      'There is no other.yml: the policies are those of rules.example.yml.',
    ])
  })

  it('leaves nothing of a backup that could not be made', async () => {
    using folder = tempFolder()
    const data = folder.path
    writeFileSync(join(data, 'purser.db'), 'this is no database, but long enough to be taken for one '.repeat(40))
    using to = tempFolder()
    const ran = await runPurser(['backup', '--to', to.path, '--data', data])
    expect(ran).toMatchObject({ code: 1, out: '' })
    expect(ran.err).toMatch(/^The database is damaged: .*\nStop Purser, keep a copy of the folder/)
    expect(readdirSync(to.path)).toEqual([])
  })

  it('keeps the data of a demo that is running', async () => {
    using folder = tempFolder()
    const made = await runPurser(['demo', '--port', 'x'], {}, folder.path)
    expect(made).toMatchObject({ code: 2, out: '', err: expect.stringContaining('--port x is not a whole number') })
    const data = join(folder.path, '.purser-demo', 'data')
    mkdirSync(data, { recursive: true })
    const letGo = lockDataFolder(data, 'process 4711')
    try {
      const second = await runPurser(['demo', '--fresh', '--port', '0'], {}, folder.path)
      expect(second).toMatchObject({ code: 1, out: '' })
      expect(second.err).toContain('A demo is running in this folder already')
      expect(existsSync(data)).toBe(true)
    } finally {
      letGo()
    }
  })
})

describe('what went wrong at a terminal', () => {
  it('is told with the file and the way out', async () => {
    const error = await caught(() => writeFileSync('/nowhere/at/all', ''))
    expect(failureInWords(error, 'diagram')).toEqual({
      message: '/nowhere/at/all is not there.',
      hint: 'Make the folder first, or name another one.',
      isMistake: false,
    })
  })

  it('is told of a database in words', async () => {
    using folder = tempFolder()
    const path = join(folder.path, 'purser.db')
    const holder = new Database(path)
    holder.exec('CREATE TABLE a (b)')
    holder.exec('BEGIN EXCLUSIVE')
    const other = new Database(path, { timeout: 0 })
    try {
      const error = await caught(() => other.exec('SELECT * FROM a'))
      expect(failureInWords(error, 'backup').message).toMatch(/^Something else holds the database: /)
    } finally {
      other.close()
      holder.close()
    }
  })

  it('is thrown on when nobody at a terminal could put it right', () => {
    expect(() => failureInWords(new TypeError('a mistake of ours'), 'backup')).toThrow('a mistake of ours')
  })

  it('is no end with 1 of a ledger command, which means that the ledger was changed', async () => {
    const ran = await runPurser(['ledger', 'verify', '--nope'])
    expect(ran).toMatchObject({ code: 2, err: "Unknown option '--nope'.\n`purser help ledger` says what it takes.\n" })
  })
})
