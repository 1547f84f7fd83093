import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openSqliteStore } from '../../db/sqlite/sqlite-store.ts'
import { RetryLater } from '../../src/domain/errors.ts'
import type { Signs } from '../../src/watchdog/judge-signs.ts'
import { openSpool } from '../../src/watchdog/spool.ts'
import { watchStore } from '../../src/watchdog/watch-store.ts'
import { createWatchdog, type Told } from '../../src/watchdog/watchdog.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { sampleChanges } from '../support/sample-changes.ts'
import { tempFolder } from '../support/temp-folder.ts'

const LIMITS = { silenceMs: 15_000, leastFreeBytes: 1_000 }

function openWatchdog(path: string) {
  const clock = createFakeClock()
  const spool = openSpool(path)
  const told: Told[] = []
  const state = { down: false, tries: 0, errors: 0, beatAt: 0 }
  const signs: { -readonly [Key in keyof Signs]: Signs[Key] } = {
    ...{ now: 0, beatAt: 0, hasMain: true, freeBytes: 1_000_000, file: null },
    said: { database: null, alerts: null },
  }
  const make = () =>
    createWatchdog({
      ...{ clock, spool, limits: LIMITS },
      signs: () => ({ ...signs, now: clock.elapsed(), beatAt: state.beatAt }),
      paths: {
        async mail(message) {
          state.tries += 1
          if (state.down) throw new Error('no mail server')
          told.push(message)
        },
      },
      onError: () => {
        state.errors += 1
      },
    })
  let watchdog = make()
  return {
    ...{ clock, spool, told, state, signs },
    restart() {
      watchdog = make()
    },
    /** Looks every second for so long. */
    async pass(seconds: number, beats = true) {
      for (let each = 0; each < seconds; each++) {
        await clock.advance(1_000)
        if (beats) state.beatAt = clock.elapsed()
        await watchdog.look()
      }
    },
  }
}

describe('the watchdog', () => {
  it('tells of silence after 15 s, not before, once in an hour, and of its end', async () => {
    using folder = tempFolder()
    const at = openWatchdog(join(folder.path, 'spool'))
    await at.pass(14, false)
    expect(at.told).toEqual([])
    await at.pass(3_600, false)
    expect(at.told.map(({ tells }) => tells)).toEqual(['begun'])
    await at.pass(1)
    expect(at.told.map(({ tells, key }) => [tells, key === at.told[0]?.key])).toEqual([
      ['begun', true],
      ['over', true],
    ])
  })

  it('does not tell of a trouble that comes and goes more than once in five minutes', async () => {
    using folder = tempFolder()
    const at = openWatchdog(join(folder.path, 'spool'))
    let flaps = 0
    for (; flaps < 60; flaps++) {
      at.signs.freeBytes = flaps % 2 === 0 ? 0 : 1_000_000
      await at.pass(5)
    }
    expect(at.told.filter(({ tells }) => tells === 'begun')).toHaveLength(1)
    expect(flaps).toBe(60)
  })

  it('tries again what no path took, seldom, and raises nothing about that', async () => {
    using folder = tempFolder()
    const at = openWatchdog(join(folder.path, 'spool'))
    at.state.down = true
    at.signs.said.alerts = 'they wait'
    await at.pass(600)
    expect(at.state.tries).toBe(20)
    expect(at.state.errors).toBe(20)
    expect(at.spool.read()).toMatchObject([{ trouble: 'alerts-stuck', state: 'failed' }])
    at.state.down = false
    await at.pass(31)
    expect(at.told.map(({ text }) => text)).toEqual(['Alerts reach nobody: they wait.'])
    console.log(`the watchdog's own path broken for ten minutes: ${at.state.errors} tries failed, no loop`)
  })

  it('knows after its own restart what it had told', async () => {
    using folder = tempFolder()
    const at = openWatchdog(join(folder.path, 'spool'))
    at.signs.freeBytes = 0
    await at.pass(2)
    at.restart()
    await at.pass(600)
    expect(at.told).toHaveLength(1)
    at.signs.freeBytes = 1_000_000
    await at.pass(1)
    expect(at.told.map(({ tells }) => tells)).toEqual(['begun', 'over'])
  })
})

describe('the store, watched', () => {
  it('shows a full disk and a malformed file, not a change that was wrong in itself, and that it is over', async () => {
    using folder = tempFolder()
    const path = join(folder.path, 'purser.db')
    const opened = openSqliteStore({ path, onDiskFailure: () => undefined })
    const clock = createFakeClock()
    const sample = sampleChanges(clock)
    let full = 0
    const { store, trouble } = watchStore({
      ...opened,
      commit: async (change) => {
        if (full-- > 0) throw new RetryLater({ code: 'disk-full', message: 'The disk is full.', hint: 'Make room.' })
        return await opened.commit(change)
      },
    })
    const entry = sample.entry()
    await store.commit(sample.write({ entries: [entry] }))
    await expect(store.commit(sample.write({ entries: [entry] }))).rejects.toThrow()
    expect(trouble()).toBeNull()
    full = 1
    await expect(store.commit(sample.write({ entries: [sample.entry()] }))).rejects.toThrow('full')
    expect(trouble()).toBe('The disk is full.')
    await store.commit(sample.write({ entries: [sample.entry()] }))
    expect(trouble()).toBeNull()
    await store.close()

    const broken = watchStore(openSqliteStore({ path, onDiskFailure: () => undefined }))
    const bytes = readFileSync(path)
    // All pages but the first, which it has read: the disk went bad under it.
    bytes.fill(0xa5, 4_096)
    writeFileSync(path, bytes)
    const outcomes = await Promise.allSettled([broken.store.commit(sample.write({ entries: [sample.entry()] }))])
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected'])
    expect(broken.trouble()).toMatch(/malformed/)
    await broken.store.close()
  })
})
