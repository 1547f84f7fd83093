import { execFileSync } from 'node:child_process'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { openSpool, readSpool, type SpoolRecord } from '../../src/watchdog/spool.ts'
import { takeInSpool } from '../../src/watchdog/take-in-spool.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { TEAM, testIds } from '../support/test-ids.ts'
import { testKeys } from '../support/test-keys.ts'
import { testLedger } from '../support/test-ledger.ts'
import { memoryStore } from '../support/test-store.ts'

const record = (parts: Partial<SpoolRecord> = {}): SpoolRecord => ({
  ...{ id: 'r1', at: 1, trouble: 'disk-full', tells: 'begun', path: 'mail', state: 'sent', text: 'The disk is full.' },
  ...parts,
})

describe('the spool', () => {
  it('keeps its size whatever is written, the newest 64 records, and each id once', () => {
    using folder = tempFolder()
    const path = join(folder.path, 'spool')
    const spool = openSpool(path)
    const size = statSync(path).size
    for (let made = 0; made < 100; made++) spool.write(record({ id: `r${made}`, at: made, text: 'ü'.repeat(2_000) }))
    spool.write(record({ id: 'r99', at: 99, state: 'failed' }))
    expect(statSync(path).size).toBe(size)
    expect(spool.read().map(({ at }) => at)).toEqual(Array.from({ length: 64 }, (_, index) => 36 + index))
    expect(spool.read().at(-1)?.state).toBe('failed')
    spool.close()
  })

  it('leaves out what a crash tore, and reads the rest', () => {
    using folder = tempFolder()
    const path = join(folder.path, 'spool')
    const spool = openSpool(path)
    spool.write(record({ id: 'whole' }))
    spool.write(record({ id: 'torn' }))
    spool.close()
    const bytes = readFileSync(path)
    bytes.fill('x', 1024 + 200, 1024 + 400)
    writeFileSync(path, bytes)
    expect(readSpool(path).map(({ id }) => id)).toEqual(['whole'])
  })

  it('is written where no file can grow any more', () => {
    using folder = tempFolder()
    const path = join(folder.path, 'spool')
    openSpool(path).close()
    const script = fileURLToPath(new URL('./write-under-limit.ts', import.meta.url))
    // 64 blocks of 1,024 bytes: the spool's own size.
    const command = `ulimit -f 64 && exec "${process.execPath}" "${script}" "${path}" "${join(folder.path, 'other')}"`
    const said = JSON.parse(execFileSync('bash', ['-c', command]).toString()) as { kept: number; refused: number }
    expect(said).toEqual({ kept: 64, refused: 1 })
    console.log(`full disk by RLIMIT_FSIZE: ${said.refused} write refused elsewhere, 100 written to the spool`)
  })

  it('is taken into the ledger, each record once, also what was cut off while it was sent', async () => {
    using folder = tempFolder()
    const path = join(folder.path, 'spool')
    const clock = createFakeClock()
    await using opened = memoryStore()
    const { store } = opened
    using held = await testKeys(clock, [TEAM])
    const ports = {
      store,
      clock,
      ids: testIds(clock),
      team: TEAM,
      ledger: testLedger({ store, keys: held.keys, clock }),
    }
    const spool = openSpool(path)
    spool.write(record({ id: 'a', at: clock.now() }))
    spool.write(record({ id: 'b', at: clock.now(), state: 'sending' }))
    expect(await takeInSpool(ports, path)).toBe(1)
    expect(await takeInSpool(ports, path)).toBe(0)
    await clock.advance(121_000)
    expect(await takeInSpool(ports, path)).toBe(1)
    spool.close()
    const entries = await store.entries({ team: TEAM, kinds: ['watchdog.alerted'] }, null, 10)
    expect(entries.map(({ core }) => core.facts?.state)).toEqual(['unknown', 'sent'])
    expect(entries[0]?.core).toMatchObject({ actor: 'purser:watchdog', facts: { trouble: 'disk-full', path: 'mail' } })
  })
})
