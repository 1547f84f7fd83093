import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { createIds, SubjectId } from '../../src/domain/ids.ts'
import { canonical } from '../../src/ledger/canonical.ts'
import { findCheckpoints } from '../../src/ledger/checkpoint.ts'
import { readInThread } from '../../src/ledger/seal/read-in-thread.ts'
import { verifyLedger } from '../../src/ledger/verify/verify-ledger.ts'
import { GITHUB_STEP, TEAM } from '../ledger/sample-drafts.ts'
import { openSealed } from '../ledger/seal/open-sealed.ts'

const ENTRIES = Number(process.env.ENTRIES ?? 1_000_000)
const A_SUBJECT_HAS = 80
const AT_ONCE = 20_000

/** Entries as calls leave them, of about 1.6 kB each, past the store: it is not the writing that is measured. */
function fill(path: string): void {
  const ids = createIds({ now: () => Date.now(), randomBytes })
  const db = new Database(path)
  db.pragma('synchronous = OFF')
  const entry = db.prepare(`INSERT INTO entries (id, team, at, kind, actor, run, step, service, method, status, bytes)
    VALUES (:id, :team, :at, :kind, :actor, :run, :step, :service, :method, :status, :bytes)`)
  const index = db.prepare('INSERT INTO entry_subjects (subject, entry) VALUES (?, ?)')
  const random = randomBytes(700).toString('base64url')
  const short = random.slice(0, 22)
  const make = (number: number, run: ReturnType<typeof ids.run>): void => {
    const subject = SubjectId.parse(run)
    const keys = [{ for: subject, iv: short, wrapped: random.slice(0, 43), tag: short }]
    const core = {
      v: 1 as const,
      id: ids.entry(),
      team: TEAM,
      at: Date.now(),
      kind: 'call.answered' as const,
      actor: 'purser:engine',
      subjects: [subject],
      run,
      step: GITHUB_STEP,
      service: 'github',
      operation: 'org-invitation.create',
      method: 'POST',
      url: 'https://api.github.com/orgs/{org}/invitations',
      status: 201,
      key: `${run}/github-org/-/github.org-invitation.create/${number}`,
      body: { alg: 'A256GCM' as const, iv: short, ciphertext: random, tag: short, keys },
    }
    entry.run({ ...core, bytes: canonical(core) })
    index.run(subject, core.id)
  }
  let run = ids.run()
  const some = db.transaction((from: number) => {
    for (let number = from; number < Math.min(ENTRIES, from + AT_ONCE); number++) {
      if (number % A_SUBJECT_HAS === 0) run = ids.run()
      make(number, run)
    }
  })
  for (let from = 0; from < ENTRIES; from += AT_ONCE) some(from)
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
}

test('a ledger of a million entries is verified in under 20 s', async () => {
  await using at = await openSealed({ readUnsealed: (dbPath) => readInThread({ dbPath }) })
  fill(at.path)
  const [began, mine] = [performance.now(), process.threadCpuUsage()]
  await at.seal()
  const sealing = performance.now() - began
  const writer = process.threadCpuUsage(mine)
  expect(at.errors).toEqual([])

  const db = new Database(at.path, { readonly: true })
  const [started, before] = [performance.now(), process.threadCpuUsage()]
  const anchored = findCheckpoints(readFileSync(at.anchorFile, 'utf8'))
  const verdict = verifyLedger({ db, keys: [at.key], anchored, segments: null })
  const seconds = (performance.now() - started) / 1_000
  const spent = process.threadCpuUsage(before)
  // It is one thread that never waits but for the disk: on a machine of its own, this is how long it takes.
  const busy = (spent.user + spent.system) / 1_000_000
  db.close()
  const perEntry = (writer.user + writer.system) / ENTRIES
  process.stdout.write(`ledger of ${ENTRIES} entries: sealed in ${(sealing / 1_000).toFixed(1)} s, `)
  process.stdout.write(`${perEntry.toFixed(1)} µs each on the writer's thread; `)
  process.stdout.write(`verified in ${seconds.toFixed(1)} s, ${busy.toFixed(1)} s of them at work\n`)
  expect(verdict).toMatchObject({ wrong: 0, sealed: ENTRIES, held: { anchored: 1, stored: 1 } })
  expect(busy).toBeLessThan(20)
})
