import { once } from 'node:events'
import { renameSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isAlive, openWatched, until } from './open-watched.ts'

const subjects = (at: Awaited<ReturnType<typeof openWatched>>): string[] => at.sink.mails.map(({ subject }) => subject)
let faults = 0

describe('the watchdog process', () => {
  it('tells of a blocked event loop by itself, once, and when it is over', async () => {
    await using at = await openWatched()
    const main = await at.startMain()
    await until(() => at.spool().length === 0)
    main.stdin?.write('block=4000\n')
    await until(() => at.sink.mails.length === 1)
    expect(subjects(at)[0]).toMatch(/has not answered for \d s/)
    faults += 1
    await until(() => at.sink.mails.length === 2)
    expect(subjects(at)[1]).toContain('over:')
    await until(() => at.spool().every(({ state }) => state === 'sent'))
    expect(at.spool().map(({ trouble, tells, state }) => [trouble, tells, state])).toEqual([
      ['main-blocked', 'begun', 'sent'],
      ['main-blocked', 'over', 'sent'],
    ])
  })

  it('tells that the main process was killed, ends by itself, and its successor tells that Purser runs again', async () => {
    await using at = await openWatched()
    const main = await at.startMain()
    const [first = 0] = at.watchdogs
    main.stdin?.write('pid\n')
    await until(() => at.watchdogs.length > 1)
    await new Promise((resolve) => setTimeout(resolve, 500))
    main.kill('SIGKILL')
    faults += 1
    await until(() => at.sink.mails.length === 1)
    expect(subjects(at)[0]).toContain('has ended without having been asked to')
    await until(() => !isAlive(first))
    await at.startMain()
    await until(() => at.sink.mails.length === 2)
    expect(subjects(at)[1]).toContain('over: Purser has ended')
  })

  it('ends with an orderly stop, and tells of nothing', async () => {
    await using at = await openWatched()
    const main = await at.startMain()
    main.stdin?.write('stop\n')
    await once(main, 'exit')
    await until(() => at.watchdogs.every((pid) => !isAlive(pid)))
    expect(at.sink.mails).toEqual([])
  })

  it('is started again when it is killed itself', async () => {
    await using at = await openWatched()
    const main = await at.startMain()
    const [first = 0] = at.watchdogs
    process.kill(first, 'SIGKILL')
    faults += 1
    await until(() => !isAlive(first))
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    main.stdin?.write('pid\n')
    await until(() => at.watchdogs.some((pid) => pid !== first && isAlive(pid)))
    main.stdin?.write('alerts=they wait\n')
    await until(() => at.sink.mails.length === 1)
    expect(subjects(at)[0]).toContain('Alerts reach nobody: they wait')
  })

  it('tells of a database that was replaced or overwritten, and of one that the main process finds broken', async () => {
    await using at = await openWatched()
    const main = await at.startMain()
    main.stdin?.write('database=database disk image is malformed\n')
    await until(() => at.sink.mails.length === 1)
    expect(subjects(at)[0]).toContain('database disk image is malformed')
    main.stdin?.write('database=\n')
    await until(() => at.sink.mails.length === 2)
    faults += 1
  })

  it('tells that the database file is gone', async () => {
    await using at = await openWatched()
    await at.startMain()
    await new Promise((resolve) => setTimeout(resolve, 700))
    renameSync(at.dbPath, `${at.dbPath}.gone`)
    faults += 1
    await until(() => at.sink.mails.length === 1)
    expect(subjects(at)[0]).toContain('purser.db cannot be read')
  })

  it('tells of a full disk', async () => {
    await using at = await openWatched({ limits: { silenceMs: 5_000, leastFreeBytes: Number.MAX_SAFE_INTEGER } })
    await at.startMain()
    faults += 1
    await until(() => at.sink.mails.length === 1)
    expect(subjects(at)[0]).toContain('The disk is full')
  })

  it('never stands beside another one: a second waits until the first has ended', async () => {
    await using at = await openWatched()
    await at.startMain()
    await new Promise((resolve) => setTimeout(resolve, 500))
    const second = await at.startMain()
    writeFileSync(at.dbPath, 'no database any more')
    faults += 1
    await until(() => at.sink.mails.length > 0)
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(at.sink.mails).toHaveLength(1)
    second.stdin?.write('stop\n')
    await once(second, 'exit')
    expect(at.sink.mails).toHaveLength(1)
    console.log(`watchdog: ${faults} faults struck real processes`)
    expect(faults).toBeGreaterThan(5)
  })
})
