import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { openDatabase } from '../../db/sqlite/open-database.ts'
import { lockDataFolder } from '../../db/sqlite/process-lock.ts'
import { PersonNeeded } from '../../src/domain/errors.ts'
import { tempFolder } from '../support/temp-folder.ts'

const LOCK = fileURLToPath(new URL('../../db/sqlite/process-lock.ts', import.meta.url))

describe('every open of the database', () => {
  test('runs with the settings that keep commits through a power loss and entries unchanged', () => {
    using folder = tempFolder()
    for (const time of ['first', 'second']) {
      const db = openDatabase(`${folder.path}/purser.db`)
      const settings = Object.fromEntries(
        [
          'journal_mode',
          'synchronous',
          'foreign_keys',
          'recursive_triggers',
          'trusted_schema',
          'cell_size_check',
          'secure_delete',
        ].map((name) => [name, db.pragma(name, { simple: true })]),
      )
      expect(settings, `${time} open`).toEqual({
        journal_mode: 'wal',
        synchronous: 2,
        foreign_keys: 1,
        recursive_triggers: 1,
        trusted_schema: 0,
        cell_size_check: 1,
        secure_delete: 1,
      })
      db.exec('CREATE TABLE IF NOT EXISTS t (a)')
      db.close()
    }
  })
})

describe('the lock of a data folder', () => {
  const take = (folder: string, holder: string) => {
    const script = `
      const { lockDataFolder } = await import(process.argv[1])
      try { lockDataFolder(process.argv[2], process.argv[3]); console.log('locked') }
      catch (error) { console.log(error.code + ' | ' + error.message + ' | ' + error.hint) }`
    return execFileSync(process.execPath, ['--input-type=module', '-e', script, LOCK, folder, holder], {
      encoding: 'utf8',
    }).trim()
  }

  test('a second process is refused and told who holds it', () => {
    using folder = tempFolder()
    const release = lockDataFolder(folder.path, 'process 4711 on ops-1, since 09:00')
    const answer = take(folder.path, 'the second')
    expect(answer).toMatch(/^data-folder-in-use \| .*process 4711 on ops-1, since 09:00/)
    expect(answer).toMatch(/Stop it first/)
    release()
    expect(existsSync(`${folder.path}/purser.lock.txt`)).toBe(false)
    expect(take(folder.path, 'the second')).toBe('locked')
  })

  test('the same process is refused a second time too', () => {
    using folder = tempFolder()
    const release = lockDataFolder(folder.path, 'the first')
    expect(() => lockDataFolder(folder.path, 'the second')).toThrow(PersonNeeded)
    release()
    lockDataFolder(folder.path, 'the second')()
  })

  test('is free again when its holder was killed without a word', () => {
    using folder = tempFolder()
    const script = `
      const { lockDataFolder } = await import(process.argv[1])
      lockDataFolder(process.argv[2], 'the killed one')
      process.kill(process.pid, 'SIGKILL')`
    const killed = spawnSync(process.execPath, ['--input-type=module', '-e', script, LOCK, folder.path])
    expect(killed.signal).toBe('SIGKILL')
    expect(existsSync(`${folder.path}/purser.lock.txt`)).toBe(true)
    lockDataFolder(folder.path, 'the next one')()
  })
})
