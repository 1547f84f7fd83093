import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { strFromU8, unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import type { EntryDraft } from '../../../src/domain/entry.ts'
import { AttemptId, RunId } from '../../../src/domain/ids.ts'
import { loadSigningKey } from '../../../src/ledger/checkpoint-key.ts'
import { makePacket } from '../../../src/ledger/packet/make-packet.ts'
import { packetInThread } from '../../../src/ledger/packet/packet-in-thread.ts'
import { type PacketScope, periodOf } from '../../../src/ledger/packet/packet-scope.ts'
import { archiveNext } from '../../../src/ledger/retention/archive-next.ts'
import { verifyInThread } from '../../../src/ledger/verify/verify-in-thread.ts'
import { auditFolder } from '../audit-folder.ts'
import { GITHUB_STEP, JANE, JOHN, START, TEAM } from '../sample-drafts.ts'
import { openSealed, type SealedLedger } from '../seal/open-sealed.ts'

const RUN = RunId.parse('01980000-0000-7000-8000-0000000000aa')
const ATTEMPT = AttemptId.parse('01980000-0000-7000-8000-0000000000ab')
const OLGA = 'slack:T0ACME/U0OLGA'
const MONA = 'slack:T0ACME/U0MONA'

/** A look at a service that was well, and one at one that was not. */
const LOOKS: (Pick<EntryDraft, 'kind'> & Partial<EntryDraft>)[] = [200, 503].flatMap((status) => {
  const look = { actor: 'purser:probe', subjects: [], service: 'github', operation: 'org.get' }
  return [
    { kind: 'call.intended' as const, ...look },
    { kind: 'call.answered' as const, ...look, status },
  ]
})

/** Jane's run, as it stands in the ledger: started, approved, one access given, one step skipped; and somebody else's entry. */
function history(): (Pick<EntryDraft, 'kind'> & Partial<EntryDraft>)[] {
  const about = { run: RUN, subjects: [JANE] }
  const call = { ...about, step: GITHUB_STEP, attempt: ATTEMPT, service: 'github', operation: 'org-invitation.create' }
  return [
    { kind: 'run.started', actor: OLGA, ...about, facts: { workflow: 'employee-onboarding', definition: 1, rules: 4 } },
    { kind: 'decision.approve', actor: MONA, ...about, body: { reason: 'she joins my team' } },
    { kind: 'call.intended', ...call, class: 'C', body: { body: { email: 'jane@acme.example' } } },
    { kind: 'call.answered', ...call, class: 'C', status: 201, body: { body: { id: 7 } } },
    { kind: 'step.succeeded', ...about, step: GITHUB_STEP, attempt: ATTEMPT },
    { kind: 'decision.skip', actor: OLGA, ...about, body: { reason: '=no licence left' } },
    { kind: 'run.ended', ...about, facts: { status: 'succeeded-with-debt', debts: 1 } },
    { kind: 'ledger.read', actor: MONA, subjects: [JANE], facts: { entries: 3 }, body: { query: 'jane' } },
    { kind: 'click.received', actor: OLGA, subjects: [JOHN], body: { said: 'hello' } },
    ...LOOKS,
  ]
}

async function withHistory(): Promise<SealedLedger> {
  const at = await openSealed()
  await at.keys.ensure([JOHN])
  await at.store.commit({
    at: START,
    entries: [],
    subject: { id: JANE, team: TEAM, key: 'jane@acme.example', label: 'Jane Doe' },
    rules: { version: 4, digest: 'x', text: 'groups: {}\n', at: START },
  })
  for (const parts of history()) await at.ledger.record([at.draft(parts)])
  await at.seal()
  return at
}

async function packetOf(at: SealedLedger, scope: PacketScope): Promise<Record<string, string>> {
  const db = new Database(at.path, { readonly: true })
  try {
    const nameActors = async () => ({ [OLGA]: 'Olga Ops', [MONA]: 'Mona Manager' })
    const order = { team: TEAM, scope, by: 'Olga Ops', at: Date.UTC(2026, 10, 28) }
    const { zip } = await makePacket({ db, keys: at.keys, dataFolder: at.folder, nameActors }, order)
    return Object.fromEntries(Object.entries(unzipSync(zip)).map(([name, bytes]) => [name, strFromU8(bytes)]))
  } finally {
    db.close()
  }
}

const OF_JANE: PacketScope = { kind: 'subjects', subjects: [JANE], title: 'Jane Doe' }

/** What an auditor does with the archive: unpack it, run what lies in it. */
function audit(at: SealedLedger, files: Record<string, string>, kept = false): { code: number | null; says: string } {
  const folder = join(at.folder, 'unpacked')
  mkdirSync(join(folder, 'rules'), { recursive: true })
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  const checkpoint = kept ? ['--checkpoint', at.anchorFile] : []
  const ended = spawnSync(process.execPath, ['verify.mjs', 'proof.jsonl', 'public-key.txt', ...checkpoint], {
    cwd: folder,
    encoding: 'utf8',
  })
  return { code: ended.status, says: ended.stdout + ended.stderr }
}

const rowsOf = (csv: string | undefined): string[] => (csv ?? '').trim().split('\r\n').slice(1)

test('a packet of somebody says when access was given, to what, by whose order, and who approved', async () => {
  await using at = await withHistory()
  const files = await packetOf(at, OF_JANE)
  expect(rowsOf(files['access.csv'])).toHaveLength(1)
  for (const part of ['Jane Doe', 'github', 'by Purser', `Olga Ops (${OLGA})`, `Mona Manager (${MONA})`]) {
    expect(files['access.csv']).toContain(part)
  }
  expect(rowsOf(files['population.csv'])).toEqual([expect.stringContaining('succeeded-with-debt')])
  expect(rowsOf(files['approvals.csv'])).toEqual([expect.stringContaining('she joins my team')])
  // What a spreadsheet would take for a formula is disarmed.
  expect(rowsOf(files['exceptions.csv'])).toEqual([expect.stringContaining("'=no licence left")])
  expect(rowsOf(files['readings.csv'])).toHaveLength(1)
  expect(files['rules/version-4.yml']).toBe('groups: {}\n')
  expect(files['summary.md']).toContain('1 access: when it was given')
  expect(files['entries.jsonl']?.trim().split('\n')).toHaveLength(8)
  expect(Object.values(files).join('')).not.toContain(JOHN)
})

test('the proof in a packet verifies with what lies in the packet, and finds what was changed', async () => {
  await using at = await withHistory()
  const files = await packetOf(at, OF_JANE)
  expect(audit(at, files)).toMatchObject({ code: 0, says: expect.stringContaining('Every byte of 8 entries') })
  expect(audit(at, files, true)).toMatchObject({ code: 0, says: expect.stringContaining('one that you kept') })
  const proof = files['proof.jsonl'] ?? ''
  const lines = proof.trim().split('\n')
  const attacks: [string, string][] = [
    ['a changed entry', proof.replace('run.ended', 'run.endet')],
    ['a left-out entry', lines.toSpliced(4, 1).join('\n')],
    [
      'an entry in place of another',
      [...lines.slice(0, 3), ...lines.slice(4), lines[3]].join('\n').replaceAll('"leaf":1,', '"leaf":2,'),
    ],
    ['another root', proof.replace(/\\n\d+\\n/, '\\n8\\n')],
  ]
  for (const [what, changed] of attacks) {
    expect(changed).not.toBe(proof)
    expect([what, audit(at, { ...files, 'proof.jsonl': changed }).code]).toEqual([what, 1])
  }
  const other = await withHistory()
  const elsewhere = await packetOf(other, OF_JANE)
  expect(audit(at, { ...elsewhere, 'public-key.txt': files['public-key.txt'] ?? '' }).code).toBe(1)
  await other[Symbol.asyncDispose]()
})

test('a packet of a time holds everything of it; one of somebody erased keeps what happened without what was said', async () => {
  await using at = await withHistory()
  const period = periodOf('2025Q4')
  if (!period) throw new Error('no period')
  expect(rowsOf((await packetOf(at, period))['population.csv'])).toHaveLength(1)
  const { 'entries.jsonl': entries = '', 'summary.md': summary } = await packetOf(at, period)
  expect(entries).toContain(JOHN)
  // Of the two looks at a service that which found it well says nothing.
  expect(entries.match(/org\.get/g)).toHaveLength(1)
  expect(entries).toContain('503')
  expect(summary).toContain('looks that found a service well')
  const before = periodOf('2025-09')
  if (!before) throw new Error('no period')
  expect(rowsOf((await packetOf(at, before))['population.csv'])).toEqual([])

  await at.keys.erase([JANE])
  const files = await packetOf(at, OF_JANE)
  expect(files['approvals.csv']).toContain('(erased)')
  expect(files['approvals.csv']).not.toContain('she joins')
  expect(audit(at, files).code).toBe(0)
})

test('a packet reaches into segments', async () => {
  await using at = await withHistory()
  const db = new Database(at.path)
  const folder = join(at.folder, 'segments')
  const segment = archiveNext(db, { folder, now: START, olderThan: Number.MAX_SAFE_INTEGER / 1000 }, 5)
  db.close()
  if (!segment) throw new Error('nothing was archived')
  await at.store.commit({ at: START, entries: [], segment })
  expect(await at.store.removeArchived(100)).toBe(5)
  const files = await packetOf(at, OF_JANE)
  expect(rowsOf(files['access.csv'])).toHaveLength(1)
  expect(audit(at, files)).toMatchObject({ code: 0, says: expect.stringContaining('Every byte of 8 entries') })
})

test.each([
  ['2026Q3', '2026-07-01', '2026-10-01'],
  ['q1 2026', '2026-01-01', '2026-04-01'],
  ['2026-12', '2026-12-01', '2027-01-01'],
  ['2026', '2026-01-01', '2027-01-01'],
])('%s is the time from %s to before %s', (text, since, until) => {
  expect(periodOf(text)).toMatchObject({ since: Date.parse(since), until: Date.parse(until) })
})

test.each(['2026Q5', 'Q0 2026', '2026-13', '20260', 'jane'])('%s is no period', (text) => {
  expect(periodOf(text)).toBeNull()
})

test('the summary is plain text for whoever opens it', async () => {
  await using at = await withHistory()
  const { 'summary.md': summary = '' } = await packetOf(at, {
    ...OF_JANE,
    title: '<b>Jane</b> | [x](http://evil.example)',
  })
  expect(summary).not.toContain('<b>')
  expect(summary).toContain('\\<b\\>')
  expect(readFileSync(at.anchorFile, 'utf8')).toContain('purser-ledger')
})

test('threads make packets and verify as the code does here, and tell a mistake as one', async () => {
  await using at = await auditFolder()
  loadSigningKey(join(at.folder, 'ledger.key'))
  await at.record([at.draft({ kind: 'click.received', body: { said: 'hello' } })])
  const make = packetInThread({ dataFolder: at.folder, masterKey: at.files.masterKey })
  const order = { team: TEAM, scope: OF_JANE, by: 'Olga Ops', at: START }
  await expect(make(order, async () => ({}))).rejects.toMatchObject({ consequence: 'mistake', code: 'nothing-sealed' })
  expect(await verifyInThread({ dataFolder: at.folder, anchorFile: null })()).toMatchObject({ wrong: 0, unsealed: 1 })
})
