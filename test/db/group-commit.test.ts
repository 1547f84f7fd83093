import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { createGroupCommit } from '../../db/sqlite/group-commit.ts'
import { openDatabase } from '../../db/sqlite/open-database.ts'
import { RetryLater } from '../../src/domain/errors.ts'
import { tempFolder } from '../support/temp-folder.ts'

/** A database with one table, a group commit over it, and the SQL that it ran. */
function notebook(options: { maxPages?: number } = {}) {
  const folder = tempFolder()
  const path = `${folder.path}/notes.db`
  const db = openDatabase(path)
  db.exec('CREATE TABLE notes (text TEXT NOT NULL UNIQUE)')
  if (options.maxPages) db.pragma(`max_page_count = ${options.maxPages}`)
  const insert = db.prepare('INSERT INTO notes (text) VALUES (?)')
  const failures: unknown[] = []
  const writes: string[] = []
  const commits = createGroupCommit<string, string>({
    db,
    write(text) {
      writes.push(text)
      insert.run(text)
      return `kept ${text.slice(0, 10)}`
    },
    onDiskFailure: (error) => failures.push(error),
  })
  return {
    db,
    path,
    commits,
    failures,
    writes,
    [Symbol.dispose]() {
      db.close()
      folder[Symbol.dispose]()
    },
  }
}

/** Counts what the connection really executes. */
function countStatements(db: Database.Database): { begins: number; ends: number } {
  const counted = { begins: 0, ends: 0 }
  const prepare = db.prepare.bind(db)
  db.prepare = ((sql: string) => {
    const statement = prepare(sql)
    const run = statement.run.bind(statement)
    statement.run = (...parameters: unknown[]) => {
      if (sql.startsWith('BEGIN')) counted.begins += 1
      if (sql === 'COMMIT') counted.ends += 1
      return run(...parameters)
    }
    return statement
  }) as typeof db.prepare
  return counted
}

describe('grouped commits', () => {
  test('all changes of one turn are one transaction, and each has its own answer', async () => {
    const db = new Database(':memory:')
    db.exec('CREATE TABLE notes (text TEXT)')
    const counted = countStatements(db)
    const insert = db.prepare('INSERT INTO notes VALUES (?)')
    const commits = createGroupCommit<string, string>({
      db,
      write: (text) => `${text}: ${insert.run(text).changes}`,
      onDiskFailure: () => undefined,
    })
    const answers = await Promise.all(Array.from({ length: 50 }, (_, at) => commits.commit(`note ${at}`)))
    expect(answers).toEqual(Array.from({ length: 50 }, (_, at) => `note ${at}: 1`))
    expect(counted).toEqual({ begins: 1, ends: 1 })
    await commits.commit('another turn')
    expect(counted).toEqual({ begins: 2, ends: 2 })
    db.close()
  })

  test('an answer comes only when another connection can read what was written', async () => {
    using book = notebook()
    const reader = openDatabase(book.path)
    const count = reader.prepare('SELECT count(*) FROM notes').pluck()
    const answer = book.commits.commit('a').then(() => count.get())
    expect(count.get()).toBe(0)
    expect(await answer).toBe(1)
    reader.close()
  })

  test('a transaction of somebody else that holds the file does not lose a change in silence', async () => {
    using book = notebook()
    book.db.pragma('busy_timeout = 1')
    const other = openDatabase(book.path)
    other.exec('BEGIN IMMEDIATE')
    await expect(book.commits.commit('a')).rejects.toThrow(/locked/)
    other.exec('ROLLBACK')
    other.close()
    expect(await book.commits.commit('a')).toBe('kept a')
  })

  test('a change given while a group is being written goes into the next one', async () => {
    using book = notebook()
    const first = book.commits.commit('first')
    const second = first.then(() => book.commits.commit('second'))
    expect(await Promise.all([first, second])).toEqual(['kept first', 'kept second'])
    await book.commits.drained()
  })

  test('a disk failure at COMMIT answers nobody with success, and is told', async () => {
    const db = new Database(':memory:')
    db.exec('CREATE TABLE notes (text TEXT)')
    const prepare = db.prepare.bind(db)
    let broken = true
    db.prepare = ((sql: string) => {
      const statement = prepare(sql)
      if (sql !== 'COMMIT') return statement
      const run = statement.run.bind(statement)
      statement.run = () => {
        if (!broken) return run()
        throw Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_FSYNC' })
      }
      return statement
    }) as typeof db.prepare
    const failures: unknown[] = []
    const insert = db.prepare('INSERT INTO notes VALUES (?)')
    const commits = createGroupCommit<string, number>({
      db,
      write: (text) => insert.run(text).changes,
      onDiskFailure: (error) => failures.push(error),
    })
    const answers = await Promise.allSettled([commits.commit('a'), commits.commit('b')])
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(failures).toHaveLength(1)
    broken = false
    expect(await commits.commit('c')).toBe(1)
    expect(db.prepare('SELECT text FROM notes').pluck().all()).toEqual(['c'])
    db.close()
  })
})

describe('a full disk', () => {
  test('rejects every change of the group with RetryLater, writes nothing, and works again when there is room', async () => {
    using book = notebook({ maxPages: 4 })
    const long = (name: string) => name + 'x'.repeat(20_000)
    const answers = await Promise.allSettled(['a', 'b', 'c'].map((name) => book.commits.commit(long(name))))
    const reasons = answers.map((answer) => (answer.status === 'rejected' ? answer.reason : null))
    const fired = reasons.filter((reason) => reason instanceof RetryLater && reason.code === 'disk-full')
    console.info(`full disk: ${fired.length} commits refused`)
    expect(fired).toHaveLength(3)
    expect(book.db.prepare('SELECT count(*) FROM notes').pluck().get()).toBe(0)
    expect(book.failures).toEqual([])

    expect(await book.commits.commit('short')).toBe('kept short')
    book.db.pragma('max_page_count = 1000')
    expect(await book.commits.commit(long('a'))).toBe('kept axxxxxxxxx')
  })
})

describe('a disk that fails in the middle of a write', () => {
  test('is told, as one that fails at the end is', async () => {
    using book = notebook()
    const ioError = Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_WRITE' })
    const failures: unknown[] = []
    const commits = createGroupCommit<string, string>({
      db: book.db,
      write() {
        throw ioError
      },
      onDiskFailure: (error) => failures.push(error),
    })
    await expect(commits.commit('note')).rejects.toBe(ioError)
    expect(failures).toEqual([ioError])
  })
})

describe('more changes than one commit takes', () => {
  test('are written in several, those first for which somebody waits, and all before it is drained', async () => {
    using at = notebook()
    const counted = countStatements(at.db)
    const written: string[] = []
    const commits = createGroupCommit<string, void>({
      db: at.db,
      write: (text) => void written.push(text),
      isUrgent: (text) => text.startsWith('click'),
      onDiskFailure: (error) => at.failures.push(error),
    })
    const all = Array.from({ length: 250 }, (_, number) => commits.commit(`machine ${number}`))
    const click = commits.commit('click').then(() => written.length)
    expect(await click).toBe(100)
    expect(written[0]).toBe('click')
    await commits.drained()
    await Promise.all(all)
    expect(written).toHaveLength(251)
    expect(counted).toEqual({ begins: 3, ends: 3 })
  })

  test('wait for a bounded number of commits, however many are given meanwhile for which somebody waits', async () => {
    using at = notebook()
    const counted = countStatements(at.db)
    let clicks = 0
    const commits = createGroupCommit<string, void>({
      db: at.db,
      write(text) {
        // As many come as one commit takes, while it is being written.
        if (text.startsWith('click') && ++clicks < 2_000) void commits.commit(`click ${clicks + 1_000}`)
      },
      isUrgent: (text) => text.startsWith('click'),
      onDiskFailure: (error) => at.failures.push(error),
    })
    const pressed = Array.from({ length: 100 }, (_, number) => commits.commit(`click ${number}`))
    const waits = Array.from({ length: 200 }, (_, number) =>
      commits.commit(`machine ${number}`).then(() => counted.ends),
    )
    const waited = await Promise.all(waits)
    expect(waited).toEqual(waits.map((_, number) => Math.floor(number / 25) + 1))
    expect(clicks).toBe(8 * 75)
    await commits.drained()
    await Promise.all(pressed)
  })
})
