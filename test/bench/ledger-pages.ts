import { createSecretKey } from 'node:crypto'
import { join } from 'node:path'
import { systemClock } from '../../src/clock.ts'
import { createAuditReader } from '../../src/ledger/create-audit-reader.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { TEAM } from '../support/test-ids.ts'
import { type Figure, quantile, timed } from './measure.ts'
import { openMachine } from './open-machine.ts'

/** Pages of the ledger at as many entries as half a minute makes. */
const FILL_MS = Number(process.env.BENCH_FILL_MS ?? 25_000)
const PAGES = 200
const AT_ONCE = 500
const SERVICES = ['google', 'jira', 'github', 'salesforce', 'gusto', 'slack']

const figures: Figure[] = []
{
  using folder = tempFolder()
  const machine = await openMachine({ folder: folder.path, vendorsUrl: 'http://127.0.0.1:9' })
  const entries = await fill(machine)
  const { subject } = await aSubject(machine)
  await machine.close()
  const audit = createAuditReader({
    dbPath: join(folder.path, 'purser.db'),
    keysPath: join(folder.path, 'keys.db'),
    masterKey: createSecretKey(Buffer.alloc(32, 7)),
    clock: systemClock,
  })
  const filters = [
    { services: ['github'] },
    { services: ['gusto'], status: { from: 500, to: 599 } },
    { subjects: [subject] },
    { kinds: ['decision'] },
  ]
  const took: number[] = []
  for (let page = 0; page < PAGES; page++) {
    const filter = { team: TEAM, ...filters[page % filters.length] }
    took.push(await timed(() => audit.page({ filter, text: null, before: null, limit: 9 })))
  }
  await audit.close()
  const what = `a page of the ledger at ${entries} entries`
  figures.push(
    { what: `${what}, p50`, value: quantile(took, 0.5), unit: 'ms', limit: null },
    { what: `${what}, p99`, value: quantile(took, 0.99), unit: 'ms', limit: { most: 50 } },
  )
}
process.stdout.write(`${JSON.stringify(figures)}\n`)

type Machine = Awaited<ReturnType<typeof openMachine>>

async function aSubject({ ids, keys }: Machine) {
  const subject = ids.subject()
  await keys.ensure([subject])
  return { subject }
}

/** Calls of six services about a thousand people, and a decision now and then. */
async function fill(machine: Machine): Promise<number> {
  const { ids, keys, ledger, store } = machine
  const people = Array.from({ length: 1_000 }, () => ids.subject())
  await keys.ensure(people)
  const endsAt = systemClock.elapsed() + FILL_MS
  let made = 0
  while (systemClock.elapsed() < endsAt) {
    const at = systemClock.now()
    const entries = Array.from({ length: AT_ONCE }, (_, index) => {
      const number = made + index
      const open = { id: ids.entry(), team: TEAM, at, subjects: [people[number % people.length] ?? ids.subject()] }
      if (number % 50 === 0) return ledger.entry({ ...open, kind: 'decision.retry', actor: 'slack:T0ACME/U0JANE' })
      return ledger.entry({
        ...open,
        kind: 'call.answered',
        actor: 'purser:engine',
        service: SERVICES[number % SERVICES.length] ?? 'slack',
        operation: 'thing.put',
        method: 'PUT',
        status: number % 97 === 0 ? 503 : 200,
        body: { headers: {}, body: { id: number, note: 'as much as a short answer holds' } },
      })
    })
    await store.commit({ at, entries })
    made += AT_ONCE
  }
  return made
}
