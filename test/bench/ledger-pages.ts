import { createSecretKey, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { systemClock } from '../../src/clock.ts'
import type { EntryCore } from '../../src/domain/entry.ts'
import { createIds, type Ids, type SubjectId } from '../../src/domain/ids.ts'
import { canonical } from '../../src/ledger/canonical.ts'
import { createAuditReader } from '../../src/ledger/create-audit-reader.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { TEAM } from '../support/test-ids.ts'
import { type Figure, quantile, timed } from './measure.ts'
import { openMachine } from './open-machine.ts'

/** Pages of the ledger at 200,000 entries, or at as many as `--entries` says: 10 million take some ten minutes and 12 GB. */
const ENTRIES = Number(process.env.BENCH_ENTRIES ?? 200_000)
const PEOPLE = 1_000
const PAGES = 200
const AT_ONCE = 20_000
const ANSWER = randomBytes(300).toString('base64url')
const SHORT = ANSWER.slice(0, 22)
const SERVICES = ['google', 'jira', 'github', 'salesforce', 'gusto', 'slack']

const figures: Figure[] = []
{
  using folder = tempFolder()
  // Makes the tables and the keys.
  const machine = await openMachine({ folder: folder.path, vendorsUrl: 'http://127.0.0.1:9' })
  await machine.close()
  const path = join(folder.path, 'purser.db')
  const [subject] = fill(path)
  if (!subject) throw new Error('nobody is in the ledger')
  const audit = createAuditReader({
    dbPath: path,
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
  let isWhole = true
  const unindexed = await timed(async () => {
    const filter = { team: TEAM, method: 'DELETE' }
    isWhole = (await audit.page({ filter, text: null, before: null, limit: 9 })).complete
  })
  await audit.close()
  const what = `a page of the ledger at ${ENTRIES} entries`
  figures.push(
    { what: `${what}, p50`, value: quantile(took, 0.5), unit: 'ms', limit: null },
    { what: `${what}, p99`, value: quantile(took, 0.99), unit: 'ms', limit: { most: 50 } },
    {
      what: `a page by another filter at ${ENTRIES} entries`,
      value: unindexed,
      unit: 'ms',
      limit: { most: 350 },
      note: isWhole ? 'whole' : 'what was found by then, with a way on',
    },
  )
}
process.stdout.write(`${JSON.stringify(figures)}\n`)

/** Calls of six services about a thousand people, and a decision now and then, past the store: writing is not measured. */
function fill(path: string): SubjectId[] {
  const ids = createIds({ now: systemClock.now, randomBytes })
  const people = Array.from({ length: PEOPLE }, () => ids.subject())
  const db = new Database(path)
  db.pragma('synchronous = OFF')
  const row = db.prepare(`INSERT INTO entries (id, team, at, kind, actor, service, method, status, bytes)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const index = db.prepare('INSERT INTO entry_subjects (subject, entry) VALUES (?, ?)')
  const some = db.transaction((from: number) => {
    for (let number = from; number < Math.min(ENTRIES, from + AT_ONCE); number++) {
      const core = coreOf(ids, { number, subject: people[number % PEOPLE] ?? ids.subject() })
      const { id, team, at, kind, actor, service = null, method = null, status = null } = core
      row.run(id, team, at, kind, actor, service, method, status, canonical(core))
      for (const subject of core.subjects) index.run(subject, id)
    }
  })
  for (let from = 0; from < ENTRIES; from += AT_ONCE) some(from)
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
  return people
}

function coreOf(ids: Ids, { number, subject }: { number: number; subject: SubjectId }): EntryCore {
  const open = { v: 1 as const, id: ids.entry(), team: TEAM, at: systemClock.now(), subjects: [subject] }
  if (number % 50 === 0) return { ...open, kind: 'decision.retry', actor: 'slack:T0ACME/U0JANE' }
  return {
    ...open,
    kind: 'call.answered',
    actor: 'purser:engine',
    service: SERVICES[number % SERVICES.length] ?? 'slack',
    operation: 'thing.put',
    method: 'PUT',
    status: number % 97 === 0 ? 503 : 200,
    body: {
      alg: 'A256GCM',
      iv: SHORT,
      ciphertext: ANSWER,
      tag: SHORT,
      keys: [{ for: subject, iv: SHORT, wrapped: ANSWER.slice(0, 43), tag: SHORT }],
    },
  }
}
