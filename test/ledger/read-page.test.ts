import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EntryFilter } from '../../db/store.ts'
import { EntryCore, type EntryDraft, EntryKind, type StoredEntry } from '../../src/domain/entry.ts'
import { type EntryId, type RunId, StepKey } from '../../src/domain/ids.ts'
import type { RawPage } from '../../src/ledger/reader/messages.ts'
import { planStreams } from '../../src/ledger/reader/plan-streams.ts'
import { readPage } from '../../src/ledger/reader/read-page.ts'
import { sampleChanges } from '../support/sample-changes.ts'
import { type AuditFolder, auditFolder } from './audit-folder.ts'
import { JANE, JOHN, OTHER_TEAM, START, TEAM } from './sample-drafts.ts'

const ENTRIES = 900
const KINDS = [
  'call.intended',
  'call.answered',
  'step.failed',
  'decision.retry',
  'decision.skip',
  'click.received',
] as const
const STEPS = ['github-org', 'google-account', 'each:item-1'].map((step) => StepKey.parse(step))

let at: AuditFolder
let db: Database.Database
let runs: RunId[]

/** Entries of every kind, by a fixed rule: some of another team, of both subjects, without a run or a service. */
function variedDraft(index: number): EntryDraft {
  const kind = KINDS[(index * 7) % KINDS.length] ?? 'run.started'
  const run = runs[index % 4]
  const step = STEPS[index % 3]
  const service = ['github', 'jira', 'slack', 'gusto'][(index * 5) % 4]
  const ofService = kind.startsWith('call.') || kind === 'step.failed'
  return at.draft({
    kind,
    subjects: [[JANE], [JOHN], [JANE, JOHN], []][index % 4] ?? [],
    ...(index % 11 === 0 ? { team: OTHER_TEAM } : {}),
    ...(index % 5 !== 0 && run ? { run } : {}),
    ...(index % 2 === 0 && step ? { step } : {}),
    ...(ofService && service ? { service, method: index % 3 === 0 ? 'POST' : 'GET' } : {}),
    ...(kind === 'call.answered' || kind === 'step.failed' ? { status: [200, 201, 404, 503][index % 4] ?? 500 } : {}),
    ...(kind === 'click.received' ? { actor: `slack:${TEAM}/U${index % 3}` } : {}),
    ...(kind.startsWith('call.') && index % 5 === 0 ? { actor: 'purser:probe' } : {}),
    ...(kind.startsWith('call.') && index % 5 === 1 ? { actor: 'purser:painter' } : {}),
    body: { note: `Note ${index} "quoted"` },
  })
}

beforeAll(async () => {
  at = await auditFolder()
  runs = Array.from({ length: 3 }, () => at.ids.run())
  const sample = sampleChanges({ now: () => START }, at.ids)
  for (const id of runs) await at.store.commit(sample.start(sample.run({ id })))
  await at.record(Array.from({ length: ENTRIES }, (_, index) => variedDraft(index)))
  db = new Database(at.files.dbPath, { readonly: true })
})
afterAll(async () => {
  db.close()
  await at[Symbol.asyncDispose]()
})

interface Asking {
  filter: EntryFilter
  limit: number
  text?: string
  /** Milliseconds that a page may take, on a clock that goes on by one each time it is looked at. */
  withinMs?: number
}

function page(asking: Asking & { before: EntryId | null }): RawPage {
  let elapsed = 0
  const ports = {
    db,
    keys: at.keys,
    elapsed: () => {
      elapsed += 1
      return elapsed
    },
  }
  const { filter, before, limit, text = null, withinMs = 1_000_000 } = asking
  return readPage(ports, { filter, before, limit, text, withinMs })
}

/** Every page from the newest to the last. */
function allPages(asking: Asking): RawPage[] {
  const pages: RawPage[] = []
  let before: EntryId | null = null
  for (let turn = 0; turn <= 2 * ENTRIES; turn += 1) {
    const one = page({ ...asking, before })
    pages.push(one)
    if (one.next === null) return pages
    expect(before === null || one.next < before).toBe(true)
    before = one.next
  }
  throw new Error('the pages do not come to an end')
}

const idsOf = (entries: readonly StoredEntry[]): string[] => entries.map(({ core }) => core.id)
const idIn = (bytes: string): string => EntryCore.parse(JSON.parse(bytes)).id
const inAll = (asking: Asking): string[] => allPages(asking).flatMap(({ entries }) => entries)
const whole = (kind: string): EntryKind[] =>
  EntryKind.options.filter((option) => option === kind || option.startsWith(`${kind}.`))

describe('pages', () => {
  const team = fc.constantFrom(TEAM, TEAM, TEAM, OTHER_TEAM)
  const parts = {
    subjects: fc.constantFrom([JANE], [JOHN], [JANE, JOHN], []),
    run: fc.record({ index: fc.nat({ max: 2 }), end: fc.constantFrom(0, -8, -12) }),
    step: fc.constantFrom(...STEPS, 'github', 'each'),
    services: fc.constantFrom(['github'], ['jira', 'slack'], ['github', 'jira', 'slack', 'gusto'], ['nobody'], []),
    kinds: fc.constantFrom(['decision'], ['decision.skip', 'click'], ['call'], ['step', 'call.answered'], ['run']),
    method: fc.constantFrom('GET', 'POST'),
    status: fc.constantFrom({ from: 400, to: 599 }, { from: 200, to: 200 }, { from: 600, to: 700 }),
    actor: fc.constantFrom('purser:engine', 'purser:probe', `slack:${TEAM}/U1`),
    looks: fc.constant(false as const),
    since: fc.integer({ min: START, max: START + ENTRIES }),
    until: fc.integer({ min: START, max: START + ENTRIES + 10 }),
  }
  /** Up to three conditions at a time: with more, hardly anything is left to be found. */
  const filters = fc
    .subarray(Object.keys(parts) as (keyof typeof parts)[], { maxLength: 3 })
    .chain((names) =>
      fc.record({ ...parts, team }, { requiredKeys: ['team', ...names] }).map((all) => ({ all, names })),
    )
    .map(
      ({ all, names }) =>
        Object.fromEntries([['team', all.team], ...names.map((name) => [name, all[name]])]) as typeof all,
    )

  test('of a list are those of its items, and of nothing whose name only begins so', async () => {
    const filter: EntryFilter = { team: TEAM, step: 'each' }
    const found = inAll({ filter, limit: 100, withinMs: 1_000_000 }).map((bytes) => EntryCore.parse(JSON.parse(bytes)))
    expect(found.length).toBeGreaterThan(0)
    expect(new Set(found.map(({ step }) => step))).toEqual(new Set(['each:item-1']))
    expect(await at.store.entries({ team: TEAM, step: 'eac' }, null, ENTRIES)).toEqual([])
    expect(inAll({ filter: { team: TEAM, step: 'eac' }, limit: 100, withinMs: 1_000_000 })).toEqual([])
  })

  test('one after the other give just what the store finds, for any filter, size and shortness of time (property)', async () => {
    let compared = 0
    let found = 0
    let partial = 0
    await fc.assert(
      fc.asyncProperty(
        filters,
        fc.constantFrom(1, 3, 10, 100),
        fc.constantFrom(0, 2, 5, 1_000_000),
        async ({ run, kinds, ...rest }, limit, withinMs) => {
          const runText = run ? runs[run.index]?.slice(run.end) : undefined
          const filter: EntryFilter = {
            ...rest,
            ...(runText === undefined ? {} : { run: runText }),
            ...(kinds ? { kinds } : {}),
          }
          const expected = idsOf(await at.store.entries(filter, null, ENTRIES))
          const asked = kinds ? { ...filter, kinds: kinds.flatMap(whole) } : filter
          const pages = allPages({ filter: asked, limit, withinMs })
          expect(pages.flatMap(({ entries }) => entries.map(idIn))).toEqual(expected)
          for (const { entries, complete } of pages) {
            expect(entries.length).toBeLessThanOrEqual(limit)
            if (!complete) partial += 1
          }
          compared += 1
          found += expected.length
        },
      ),
      { numRuns: 250 },
    )
    expect(compared).toBe(250)
    expect(found).toBeGreaterThan(1000)
    expect(partial).toBeGreaterThan(20)
  })

  test('without looks hold none that found all well, and those that did not', () => {
    const cores = (filter: EntryFilter) =>
      inAll({ filter, limit: 100 }).map((bytes) => EntryCore.parse(JSON.parse(bytes)))
    const asked = cores({ team: TEAM, actor: 'purser:probe' })
    const [without, all] = [cores({ team: TEAM, looks: false }), cores({ team: TEAM })]
    const left = without.filter(({ actor }) => actor === 'purser:probe')
    expect(left.length).toBeGreaterThan(5)
    expect(new Set(left.map(({ kind, status }) => `${kind} ${status}`))).toEqual(new Set(['call.answered 503']))
    expect(all.length - without.length).toBe(asked.length - left.length)
    expect(all.length).toBeGreaterThan(without.length)
  })

  test('without what only showed cards, and that alone, are the two parts of all', () => {
    const ids = (filter: EntryFilter) =>
      inAll({ filter, limit: 100 }).map((bytes) => EntryCore.parse(JSON.parse(bytes)).id)
    const of = { team: TEAM }
    const [without, alone, all] = [ids({ ...of, painting: false }), ids({ ...of, painting: true }), ids(of)]
    expect(alone.length).toBeGreaterThan(5)
    expect([...without, ...alone].sort()).toEqual([...all].sort())
  })

  test('a page that ran out of time says so, and where it goes on', () => {
    const filter: EntryFilter = { team: TEAM, actor: `slack:${TEAM}/U9` }
    const first = page({ filter, limit: 10, before: null, withinMs: 2 })
    expect(first).toMatchObject({ entries: [], complete: false })
    expect(first.next).not.toBeNull()
    const rest = page({ filter, limit: 10, before: first.next })
    expect(rest).toEqual({ entries: [], next: null, complete: true })
  })

  test('a full page is complete, whatever the time', () => {
    const full = page({ filter: { team: TEAM }, limit: 10, before: null, withinMs: 0 })
    expect(full.entries).toHaveLength(10)
    expect(full.complete).toBe(true)
  })

  test('another team’s entries are never among them', () => {
    const own = inAll({ filter: { team: TEAM, subjects: [JANE, JOHN] }, limit: 50 })
    expect(own.length).toBeGreaterThan(300)
    expect(own.filter((bytes) => bytes.includes(OTHER_TEAM))).toEqual([])
  })
})

describe('text', () => {
  test('is found in sealed bodies, in upper and lower case, quotes and all', () => {
    const search = (text: string): string[] => inAll({ filter: { team: TEAM }, text, limit: 7 })
    expect(search('note 123 ')).toHaveLength(1)
    expect(search('NOTE 12')).toHaveLength(Array.from({ length: ENTRIES }, (_, n) => n).filter(isTwelve).length)
    expect(search('123 "quoted"')).toHaveLength(1)
    expect(search('nowhere')).toEqual([])
  })

  test('is looked for within the time, and on from there', () => {
    const pages = allPages({ filter: { team: TEAM }, text: 'note 8', limit: 5, withinMs: 60 })
    expect(pages.filter(({ complete }) => !complete).length).toBeGreaterThan(3)
    const found = pages.flatMap(({ entries }) => entries)
    expect(found).toEqual(inAll({ filter: { team: TEAM }, text: 'note 8', limit: 5 }))
    expect(found.length).toBeGreaterThan(50)
  })

  test('is not found where the body was changed or has nobody’s key', () => {
    const broken = {
      open(): Uint8Array | null {
        throw new Error('changed')
      },
    }
    const request = { filter: { team: TEAM }, before: null, limit: 5, text: 'note', withinMs: 1000 }
    expect(readPage({ db, keys: broken, elapsed: () => 0 }, request).entries).toEqual([])
    expect(readPage({ db, keys: { open: () => null }, elapsed: () => 0 }, request).entries).toEqual([])
  })
})

const isTwelve = (index: number): boolean => index % 11 !== 0 && String(index).startsWith('12')

test('no walk sorts or scans the table, whatever it is driven by', () => {
  const drivers: EntryFilter[] = [
    { team: TEAM },
    { team: TEAM, run: (runs[0] ?? '').slice(-8) },
    { team: TEAM, subjects: [JANE] },
    { team: TEAM, services: ['github'] },
    { team: TEAM, status: { from: 400, to: 599 } },
    { team: TEAM, kinds: ['decision.skip'] },
  ]
  let looked = 0
  for (const filter of drivers) {
    for (const plan of planStreams(db, { ...filter, method: 'GET' })) {
      const steps = db
        .prepare<[object], { detail: string }>(`EXPLAIN QUERY PLAN ${plan.sql}`)
        .all({ ...plan.params, from: 'g', floor: '', count: 1 })
      for (const { detail } of steps) expect(detail).toMatch(/^SEARCH .* USING (COVERING )?(INDEX|PRIMARY KEY)/)
      looked += 1
    }
  }
  expect(looked).toBe(10)
})
