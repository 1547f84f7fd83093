import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { openSqliteStore } from '../../../db/sqlite/sqlite-store.ts'
import { UNKNOWN_TEAM } from '../../../src/slack/identify.ts'
import { quickFolder } from '../../support/temp-folder.ts'
import { scenarios } from '../crash-matrix/scenarios.ts'
import { setClock } from './clock-jumps.ts'
import { failSyncs, failSyncsOfProcesses, inOneLine } from './failing-syncs.ts'
import { fillDisk } from './full-disk.ts'
import { endLives } from './let-go.ts'

/** One in so many is tried here; all of them in the deep suite. */
const STRIDE = 211

test('a full disk at any commit stops nothing for good, and nothing leaves that could not be written down', async () => {
  const report = await fillDisk(scenarios(), (number) => number % STRIDE === 0)
  console.info(
    `full disk: ${report.lives} lives, ${report.refused} commits refused, ${report.violations.length} violations`,
  )
  expect(report.violations).toEqual([])
  expect(report.refused).toBeGreaterThan(report.lives)
})

test('a clock that is set an hour on or back, again and again, neither loses a timer nor fires one twice', async () => {
  const report = await setClock(scenarios(), { times: 1, seed: 20261128 })
  console.info(`clock: ${report.lives} lives, set ${report.jumps} times, ${report.violations.length} violations`)
  expect(report.violations).toEqual([])
  expect(report.jumps).toBeGreaterThan(report.lives)
})

test('a disk that fails ends the process with 75, and everything acknowledged is there afterwards', async () => {
  using folder = quickFolder()
  const { code, kept } = await writeUntilItFails(folder.path)
  const store = openSqliteStore({ path: join(folder.path, 'purser.db'), onDiskFailure: () => undefined })
  const found = await store.entries({ team: UNKNOWN_TEAM }, null, 10_000)
  await store.close()
  const ids = new Set<string>(found.map(({ core }) => core.id))
  console.info(`failing disk: ended with ${code} after ${kept.length} acknowledged commits, ${ids.size} are there`)
  expect(code).toBe(75)
  expect(kept.length).toBeGreaterThan(3)
  expect(kept.filter((id) => !ids.has(id))).toEqual([])
})

test('a sync that fails at any commit ends the process, and all that was acknowledged is there for the next one', async () => {
  const some = scenarios().filter(({ name }) => ['employee-onboarding', 'sample-outage'].includes(name))
  const report = await failSyncs(some, (number) => number % 37 === 0)
  console.info(inOneLine(report))
  expect(report.violations).toEqual([])
  expect(report.struck).toBeGreaterThan(5)
  expect(report.ended).toBe(report.struck)
  expect(report.kept).toBeGreaterThan(0)
})

test('a process that ended so within this one is let go of, with all that waited in it', async () => {
  const [calm] = scenarios()
  if (!calm) throw new Error('no scenario')
  const { ended, kept } = await endLives(calm.scenario, 4)
  expect(ended).toBe(4)
  // The last one may not be quite over yet.
  expect(kept).toBeLessThanOrEqual(1)
})

test('and so it does in a process that really ends', async () => {
  const report = await failSyncsOfProcesses({ times: 1, seed: 20261128 })
  console.info(`in processes, ${inOneLine(report)}`)
  expect(report.violations).toEqual([])
  expect(report.ended).toBe(1)
})

/** Files may grow to so many blocks of 512 bytes: the write beyond them fails, and SQLite calls it a failure of the disk. */
const MOST_BLOCKS = 800

function writeUntilItFails(folder: string): Promise<{ code: number | null; kept: string[] }> {
  const script = fileURLToPath(new URL('./failing-disk.ts', import.meta.url))
  const limited = `ulimit -f ${MOST_BLOCKS}; exec "$0" "$@"`
  return new Promise((resolve, reject) => {
    const child = spawn('sh', ['-c', limited, process.execPath, script, folder], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    let out = ''
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString()
    })
    child.once('error', reject)
    // The log stands on the same stream, a JSON object a line.
    child.once('close', (code) => resolve({ code, kept: out.split('\n').filter((line) => /^[\w-]{36}$/.test(line)) }))
  })
}
