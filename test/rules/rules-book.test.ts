import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Change, CommitOutcome, RulesVersion } from '../../db/store.ts'
import type { Clock } from '../../src/clock.ts'
import type { RulesProblem } from '../../src/rules/load.ts'
import type { Rules } from '../../src/rules/rules.ts'
import { createRulesBook, type LiveRulesBook, type RulesChanged } from '../../src/rules/rules-book.ts'
import { GOOD_FILE } from './bad-files.ts'

const OTHER_FILE = GOOD_FILE.replace('due_days: 7', 'due_days: 14')
const BAD_FILE = GOOD_FILE.replace('due_days: 7', 'due_dais: 14')

/** A clock with one timer at a time, as the watch needs it. */
function handClock() {
  let now = 1_000
  let timer: { at: number; due: () => void } | null = null
  const clock: Pick<Clock, 'now' | 'after'> = {
    now: () => now,
    after(ms, due) {
      const mine = { at: now + ms, due }
      timer = mine
      return () => {
        if (timer === mine) timer = null
      }
    },
  }
  return {
    clock: clock as Clock,
    waits: () => timer !== null,
    /** Lets one timer fire, and waits until the next one is set. */
    async tick() {
      const fired = timer
      if (!fired) throw new Error('nothing waits')
      timer = null
      now = fired.at
      fired.due()
      for (let turn = 0; timer === null && turn < 500; turn++) await new Promise((resolve) => setTimeout(resolve, 2))
    },
  }
}

function memoryStore() {
  const versions: RulesVersion[] = []
  const commits: Change[] = []
  let broken = false
  return {
    versions,
    commits,
    breakOnce: () => {
      broken = true
    },
    async commit(change: Change): Promise<CommitOutcome> {
      if (broken) {
        broken = false
        throw new Error('disk full')
      }
      commits.push(change)
      if (change.rules) versions.push(change.rules)
      return { kind: 'committed' }
    },
    latestRules: async () => versions.at(-1) ?? null,
    rulesVersion: async (version: number) => versions.find((stored) => stored.version === version) ?? null,
  }
}

describe('the rules book', () => {
  let folder: string
  let path: string
  let store: ReturnType<typeof memoryStore>
  let time: ReturnType<typeof handClock>
  let books: LiveRulesBook[]
  const rejected: (readonly RulesProblem[])[] = []
  const changed: Rules[] = []
  const drafts: RulesChanged[] = []
  const errors: unknown[] = []

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'purser-rules-'))
    path = join(folder, 'rules.yml')
    store = memoryStore()
    time = handClock()
    books = []
    for (const list of [rejected, changed, drafts, errors]) list.length = 0
  })
  afterEach(async () => {
    for (const book of books) await book.close()
    expect(time.waits()).toBe(false)
    await rm(folder, { recursive: true })
  })

  async function open(): Promise<LiveRulesBook> {
    const book = await createRulesBook({
      path,
      store,
      clock: time.clock,
      record: (draft) => {
        drafts.push(draft)
        return []
      },
      onChange: (rules) => changed.push(rules),
      onRejected: (problems) => rejected.push(problems),
      onError: (error) => errors.push(error),
    })
    books.push(book)
    return book
  }
  /** A change is taken up by the second look that agrees. */
  const settle = async () => {
    await time.tick()
    await time.tick()
  }

  it('stores the first version before it holds, with its entry', async () => {
    await writeFile(path, GOOD_FILE)
    const book = await open()
    expect(book.current().version).toBe(1)
    expect(store.versions).toMatchObject([{ version: 1, text: GOOD_FILE, at: 1_000 }])
    expect(drafts).toMatchObject([{ kind: 'rules.changed', actor: 'purser:start', facts: { version: 1 } }])
  })

  it('keeps the version over a restart when the text is the same', async () => {
    await writeFile(path, GOOD_FILE)
    await open()
    const again = await open()
    expect(again.current().version).toBe(1)
    expect(store.versions).toHaveLength(1)
    await books.shift()?.close()
  })

  it('takes up a changed file without a restart', async () => {
    await writeFile(path, GOOD_FILE)
    const book = await open()
    await settle()
    await writeFile(path, OTHER_FILE)
    await settle()
    expect(book.current()).toMatchObject({ version: 2, debtDueDays: 14 })
    expect(changed.map(({ version }) => version)).toEqual([2])
    expect(drafts.at(-1)).toMatchObject({ actor: 'purser:engine', facts: { version: 2 } })
  })

  it('takes up a file that an editor replaces', async () => {
    await writeFile(path, GOOD_FILE)
    const book = await open()
    await settle()
    await writeFile(`${path}.new`, OTHER_FILE)
    await rename(`${path}.new`, path)
    await settle()
    expect(book.current().debtDueDays).toBe(14)
  })

  it('does not read a file that is still being written', async () => {
    await writeFile(path, GOOD_FILE)
    const book = await open()
    await settle()
    await writeFile(path, OTHER_FILE.slice(0, 200))
    await time.tick()
    await writeFile(path, OTHER_FILE)
    await time.tick()
    expect(book.current().version).toBe(1)
    expect(rejected).toEqual([])
    await time.tick()
    expect(book.current().version).toBe(2)
  })

  it('gives no new version to a file that was only touched', async () => {
    await writeFile(path, GOOD_FILE)
    const book = await open()
    await settle()
    await writeFile(path, GOOD_FILE)
    await settle()
    expect(book.current().version).toBe(1)
    expect(store.versions).toHaveLength(1)
  })

  it('never lets a bad file take the place of a good one, and tells its problems once', async () => {
    await writeFile(path, GOOD_FILE)
    const book = await open()
    await settle()
    await writeFile(path, BAD_FILE)
    await settle()
    await settle()
    expect(book.current()).toMatchObject({ version: 1, debtDueDays: 7 })
    expect(rejected).toHaveLength(1)
    expect(rejected[0]?.[0]).toMatchObject({ file: 'rules.yml', line: 43, suggestion: 'did you mean due_days?' })
    expect(book.problems()).toEqual(rejected[0])
    await writeFile(path, OTHER_FILE)
    await settle()
    expect(book.problems()).toEqual([])
    expect(book.current()).toMatchObject({ version: 2, debtDueDays: 14 })
  })

  it('keeps the rules when the file goes away', async () => {
    await writeFile(path, GOOD_FILE)
    const book = await open()
    await settle()
    await rm(path)
    await settle()
    expect(book.current().version).toBe(1)
    expect(rejected[0]?.[0]?.message).toBe('there is no such file')
  })

  it('starts with the last good version when the file is bad', async () => {
    await writeFile(path, GOOD_FILE)
    await (await open()).close()
    await writeFile(path, BAD_FILE)
    const book = await open()
    await settle()
    expect(book.current()).toMatchObject({ version: 1, debtDueDays: 7 })
    expect(rejected).toHaveLength(1)
  })

  it('does not start with a bad file and nothing stored, and shows every problem', async () => {
    await writeFile(path, BAD_FILE.replace('tries: 4', 'tries: 0'))
    await expect(open()).rejects.toThrow(
      expect.objectContaining({
        code: 'rules-file-unusable',
        message: expect.stringMatching(/2 mistakes:\nrules\.yml:31:12: .*\nrules\.yml:43:3: /),
      }),
    )
    await rm(path)
    await expect(open()).rejects.toThrow(/there is no such file/)
  })

  it('lets older versions still decide, also after a restart', async () => {
    await writeFile(path, GOOD_FILE)
    await (await open()).close()
    await writeFile(path, OTHER_FILE.replace('"designer"', '"sales"'))
    const book = await open()
    expect(book.current().version).toBe(2)
    expect(book.current().grants('github', { role: 'designer' })).toBe(false)
    const first = await book.at(1)
    expect(first.version).toBe(1)
    expect(first.grants('github', { role: 'designer' })).toBe(true)
    expect(await book.at(1)).toBe(first)
    expect(await book.at(2)).toBe(book.current())
  })

  it('says so when a run’s version is not there, and asks the store again the next time', async () => {
    await writeFile(path, GOOD_FILE)
    const book = await open()
    await expect(book.at(9)).rejects.toThrow(expect.objectContaining({ code: 'no-rules-version' }))
    store.versions.push({ version: 9, digest: 'x', text: OTHER_FILE, at: 0 })
    expect((await book.at(9)).debtDueDays).toBe(14)
  })

  it('keeps the old rules while the new version cannot be stored, and tries again', async () => {
    await writeFile(path, GOOD_FILE)
    const book = await open()
    await settle()
    await writeFile(path, OTHER_FILE)
    store.breakOnce()
    await settle()
    expect(book.current().version).toBe(1)
    expect(errors).toEqual([new Error('disk full')])
    await time.tick()
    expect(book.current().version).toBe(2)
    expect(await readFile(path, 'utf8')).toBe(store.versions.at(-1)?.text)
  })
})
