import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Agent, request } from 'undici'
import { createGroupCommit } from '../../db/sqlite/group-commit.ts'
import { openDatabase } from '../../db/sqlite/open-database.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { atOnce, cpuOf, type Figure, quantile, timed } from './measure.ts'
import { openMachine } from './open-machine.ts'
import { openVendors } from './open-vendors.ts'

/** Runs alone and under load; a process of its own, so that its memory and its CPU are those of the machine alone. */
const ALONE = 80
const LOAD = Number(process.env.BENCH_RUNS ?? 3_000)
const WIDTH = 500
const CALLS = 6
const MB = 1_048_576

const figures: Figure[] = []
const add = (figure: Figure): void => void figures.push(figure)
{
  using folder = tempFolder()
  using vendors = await openVendors()
  const machine = await openMachine({ folder: folder.path, vendorsUrl: vendors.url })
  await alone()
  const cpu = await load()
  await machine.close()
  const bare = await bareWork(vendors.url, rowsOf(join(folder.path, 'purser.db')))
  add({ what: 'CPU a run', value: cpu / LOAD, unit: 'ms', limit: null })
  add({ what: 'CPU of the bare calls and bytes of a run', value: bare / LOAD, unit: 'ms', limit: null })
  add({ what: 'CPU a run against the bare', value: cpu / bare, unit: 'x', limit: { most: 2.5 } })

  async function alone(): Promise<void> {
    await atOnce(60, 4, (number) => machine.carryThrough(1_000_000 + number))
    const took: number[] = []
    for (let number = 0; number < ALONE; number++) {
      took.push(await timed(() => machine.carryThrough(2_000_000 + number)))
    }
    add({ what: 'one run alone, p50', value: quantile(took, 0.5), unit: 'ms', limit: { most: 20 } })
  }

  async function load(): Promise<number> {
    let most = 0
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss)
    }, 50)
    let took = 0
    const cpu = await cpuOf(async () => {
      took = await timed(() => atOnce(LOAD, WIDTH, (number) => machine.carryThrough(number)))
    })
    clearInterval(watch)
    add({ what: `runs a second, ${WIDTH} at once`, value: LOAD / (took / 1_000), unit: '/s', limit: { least: 600 } })
    add({ what: 'memory of the engine under that load, most', value: most / MB, unit: 'MB', limit: { most: 300 } })
    return cpu
  }
}
process.stdout.write(`${JSON.stringify(figures)}\n`)

/** Sizes of the rows that one run writes to the ledger, in their order. */
function rowsOf(path: string): number[] {
  const db = new Database(path, { readonly: true })
  const run = db.prepare('SELECT run FROM entries WHERE run IS NOT NULL ORDER BY rowid DESC LIMIT 1').pluck().get()
  const sizes = db.prepare<[unknown], number>('SELECT length(bytes) FROM entries WHERE run = ?').pluck().all(run)
  db.close()
  return sizes
}

/** The same calls without anything around them, and the same bytes in as many rows, in grouped commits. */
async function bareWork(url: string, sizes: readonly number[]): Promise<number> {
  using folder = tempFolder()
  const agent = new Agent({ pipelining: 1 })
  const db = openDatabase(join(folder.path, 'raw.db'))
  db.exec('CREATE TABLE raw (id INTEGER PRIMARY KEY, bytes TEXT NOT NULL) STRICT')
  const insert = db.prepare('INSERT INTO raw (bytes) VALUES (?)')
  const commits = createGroupCommit<number, void>({
    db,
    write: (size) => void insert.run('x'.repeat(size)),
    onDiskFailure: (error) => {
      throw error
    },
  })
  const body = JSON.stringify({ name: 'Person', key: 'person@acme.example', team: 'Platform', role: 'engineer' })
  const call = async (): Promise<void> => {
    const answer = await request(`${url}/things/person`, { dispatcher: agent, method: 'PUT', body })
    await answer.body.json()
  }
  const run = async (): Promise<void> => {
    await Promise.all(Array.from({ length: CALLS - 1 }, call))
    await call()
    await Promise.all(sizes.map((size) => commits.commit(size)))
  }
  await atOnce(200, 50, run)
  const cpu = await cpuOf(() => atOnce(LOAD, WIDTH, run))
  await commits.drained()
  db.close()
  await agent.close()
  return cpu
}
