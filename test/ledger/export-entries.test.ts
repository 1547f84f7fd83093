import { describe, expect, it } from 'vitest'
import { EntryCore } from '../../src/domain/entry.ts'
import { csvHeader, csvRecords, type ExportedEntry, jsonLines } from '../../src/ledger/export-entries.ts'
import { cpuMs } from '../support/cpu-time.ts'

const core = EntryCore.parse({
  v: 1,
  id: '0190a3c4-5d6e-7f80-9a1b-2c3d4e5f6071',
  team: 'T1',
  at: Date.parse('2026-11-01T09:00:00Z'),
  kind: 'call.answered',
  actor: 'slack:T1/U1',
  subjects: ['0190a3c4-5d6e-7f80-9a1b-2c3d4e5f6072'],
  run: '0190a3c4-5d6e-7f80-9a1b-2c3d4e5f6073',
  step: 'github-org',
  service: 'github',
  operation: 'org-invitation.create',
  method: 'POST',
  url: 'https://api.github.com/orgs/{org}/invitations',
  status: 201,
  duration: 312,
  facts: { workflow: 'employee-onboarding' },
})

const entry = (over: Partial<ExportedEntry> = {}): ExportedEntry => ({
  core,
  body: { kind: 'open', body: { request: { email: 'jane@acme.example' }, answer: { id: 7 }, reason: 'by hand' } },
  subjectLabels: ['Jane Doe'],
  ...over,
})

/** A plain reader of RFC 4180, so that the writer is not its own judge. */
function readCsv(csv: string): string[][] {
  const rows: string[][] = [[]]
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy
  for (let match = field.exec(csv); match; match = field.exec(csv)) {
    rows.at(-1)?.push((match[1] ?? match[2] ?? '').replaceAll('""', '"'))
    if (match[3] === '\r\n') rows.push([])
    if (field.lastIndex === csv.length) break
  }
  return rows.slice(0, -1)
}

const columns = readCsv(csvHeader().replace('\ufeff', ''))[0] ?? []
const rowOf = (exported: ExportedEntry): Record<string, string> => {
  const [fields = []] = readCsv(csvRecords([exported]))
  expect(fields).toHaveLength(columns.length)
  return Object.fromEntries(columns.map((column, index) => [column, fields[index] ?? '']))
}

describe('CSV', () => {
  it('names its columns once, marked as UTF-8', () => {
    expect(csvHeader().startsWith('\ufeffid,at,kind,actor,')).toBe(true)
    expect(csvHeader().endsWith('\r\n')).toBe(true)
  })

  it('has a record for each entry', () => {
    expect(rowOf(entry())).toEqual({
      id: core.id,
      at: '2026-11-01T09:00:00.000Z',
      kind: 'call.answered',
      actor: 'slack:T1/U1',
      subjects: 'Jane Doe',
      run: core.run,
      workflow: 'employee-onboarding',
      step: 'github-org',
      service: 'github',
      operation: 'org-invitation.create',
      method: 'POST',
      url: 'https://api.github.com/orgs/{org}/invitations',
      status: '201',
      duration_ms: '312',
      request: '{"email":"jane@acme.example"}',
      answer: '{"id":7}',
      details: '{"workflow":"employee-onboarding","reason":"by hand"}',
    })
    expect(readCsv(csvRecords([entry(), entry()]))).toHaveLength(2)
    expect(csvRecords([])).toBe('')
  })

  it('says what was erased, and leaves empty what never was', () => {
    expect(rowOf(entry({ body: { kind: 'erased' } }))).toMatchObject({ request: '(erased)', answer: '(erased)' })
    expect(rowOf(entry({ body: { kind: 'none' }, subjectLabels: [] }))).toMatchObject({ request: '', subjects: '' })
  })

  it.each([
    ['an equals sign', '=HYPERLINK("http://evil.example","x")', `'=HYPERLINK("http://evil.example","x")`],
    ['a plus sign', '+1', "'+1"],
    ['a minus sign', '-2+3', "'-2+3"],
    ['an at sign', '@SUM(1)', "'@SUM(1)"],
    ['a leading space', ' =1', "' =1"],
    ['a no-break space', '\u00a0=1', "'\u00a0=1"],
    ['an invisible character', '\u200b\ufeff=1', "'\u200b\ufeff=1"],
    ['a tab', '\t=1', "'\t'=1"],
    ['a tab alone', '\tx', "'\tx"],
    ['a carriage return', '\r=1', "'\r'=1"],
    ['a formula after a line break', 'x\n=1', "x\n'=1"],
    ['a formula after two line breaks', 'x\r\n\r\n +1', "x\r\n\r\n' +1"],
    ['a formula after a Unicode line break', 'x\u2028@y', "x\u2028'@y"],
    ['a formula after a semicolon', 'x;=1', "x;'=1"],
    ['a full-width equals sign', '＝1', "'＝1"],
    ['a full-width plus sign', '＋1', "'＋1"],
    ['a full-width minus sign', '－1', "'－1"],
    ['a full-width at sign', '＠x', "'＠x"],
  ])('takes the sting out of %s', (_, value, guarded) => {
    const written = rowOf(entry({ subjectLabels: [value], body: { kind: 'open', body: { request: value } } }))
    expect(written.subjects).toBe(guarded)
    expect(written.request).toBe(guarded)
  })

  it.each(['Anne-Marie', 'a+b@acme.example', 'x = y', 'Zoë "Z" Doe, Ltd', 'line\nbreak', '{"a":-1}'])(
    'leaves %j as it is',
    (value) => {
      expect(rowOf(entry({ subjectLabels: [value] })).subjects).toBe(value)
    },
  )

  it('takes no longer for a text that is all blanks and breaks', async () => {
    const hostile = entry({ body: { kind: 'open', body: { request: '\n ;'.repeat(100_000) } } })
    expect(await cpuMs(() => csvRecords([hostile]))).toBeLessThan(10_000)
  })
})

describe('JSON lines', () => {
  it('has exact values, one entry to a line', () => {
    const lines = jsonLines([entry({ subjectLabels: ['=1\n'] }), entry({ body: { kind: 'erased' } })]).split('\n')
    expect(lines).toHaveLength(3)
    expect(lines[2]).toBe('')
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      id: core.id,
      subjects: ['=1\n'],
      status: 201,
      duration_ms: 312,
      body: 'open',
      request: { email: 'jane@acme.example' },
      details: { reason: 'by hand' },
    })
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({ body: 'erased', request: '(erased)' })
  })
})
