import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AuditMistake, type AuditQuery, parseAuditQuery } from '../../src/ledger/audit-query.ts'

const asker = {
  now: Date.parse('2026-11-20T12:00:00Z'),
  timeZone: 'Europe/Berlin',
  services: ['github', 'google-workspace', 'gusto', 'jira', 'salesforce', 'slack'],
}
const HOUR = 3_600_000

function read(text: string, over: Partial<typeof asker> = {}): AuditQuery {
  const parsed = parseAuditQuery(text, { ...asker, ...over })
  if (!parsed.ok) throw new Error(`${parsed.message} at ${parsed.at}: ${text}`)
  return parsed.query
}

/** The mistake in a text, in which ▸ and ◂ stand around what is to be shown as wrong. */
function mistakeIn(marked: string): { mistake: AuditMistake; shown: string; expected: string } {
  const text = marked.replace(/[▸◂]/g, '')
  const parsed = parseAuditQuery(text, asker)
  if (parsed.ok) throw new Error(`no mistake was found in: ${text}`)
  const shown = `${text.slice(0, parsed.at)}▸${text.slice(parsed.at, parsed.at + parsed.length)}◂${text.slice(parsed.at + parsed.length)}`
  return { mistake: parsed, shown, expected: marked }
}

const utc = (time: string): number => Date.parse(time)

describe('a query that can be read', () => {
  it('asks for everything when nothing is typed', () => {
    expect(read('')).toEqual({ words: [], filter: {}, actor: null, text: null, export: null })
    expect(read('  \u00a0 ')).toEqual(read(''))
  })

  it.each<[string, string[]]>([
    ['jane@acme.example', ['jane@acme.example']],
    ['Jane Doe', ['Jane', 'Doe']],
    ['"Jane Doe"', ['Jane Doe']],
    ['“Jane Doe”', ['Jane Doe']],
    ['O"Brien', ['O"Brien']],
    ['<mailto:jane@acme.example|jane@acme.example>', ['jane@acme.example']],
    ['<https://acme.example|acme.example>', ['acme.example']],
    ['https://acme.example/x', ['https://acme.example/x']],
    ['Johnson &amp; Sons', ['Johnson', '&', 'Sons']],
    ['"service:github"', ['service:github']],
    ['verify', ['verify']],
    ['Anne-Marie 12:30', ['Anne-Marie', '12:30']],
  ])('takes %s for words', (text, words) => {
    expect(read(text)).toMatchObject({ words, filter: {} })
  })

  it.each<[string, AuditQuery['filter']]>([
    ['service:github', { services: ['github'] }],
    ['service:GitHub,jira service:github', { services: ['github', 'jira'] }],
    ['Service:github', { services: ['github'] }],
    ['status:503', { status: { from: 503, to: 503 } }],
    ['status:=503', { status: { from: 503, to: 503 } }],
    ['status:4xx', { status: { from: 400, to: 499 } }],
    ['status:5XX', { status: { from: 500, to: 599 } }],
    ['status:>=400', { status: { from: 400, to: 599 } }],
    ['status:&gt;=400', { status: { from: 400, to: 599 } }],
    ['status:>400', { status: { from: 401, to: 599 } }],
    ['status:&lt;300', { status: { from: 100, to: 299 } }],
    ['status:<=299', { status: { from: 100, to: 299 } }],
    ['status:400-499', { status: { from: 400, to: 499 } }],
    ['status:400..404', { status: { from: 400, to: 404 } }],
    ['method:post', { method: 'POST' }],
    ['run:3F9A1C07', { run: '3f9a1c07' }],
    ['run:0190a3c4-5d6e-7f80-9a1b-2c3d4e5f6071', { run: '0190a3c4-5d6e-7f80-9a1b-2c3d4e5f6071' }],
    ['step:github-org', { step: 'github-org' }],
    ['step:laptop:2', { step: 'laptop:2' }],
    ['kind:decision', { kinds: ['decision'] }],
    ['kind:call.answered,click kind:run', { kinds: ['call.answered', 'click', 'run'] }],
    ['since:24h', { since: asker.now - 24 * HOUR }],
    ['since:90m', { since: asker.now - 1.5 * HOUR }],
    ['since:2w until:7d', { since: asker.now - 14 * 24 * HOUR, until: asker.now - 7 * 24 * HOUR }],
  ])('reads the filter %s', (text, filter) => {
    expect(read(text)).toMatchObject({ words: [], filter, actor: null })
    expect(read(text).filter).toEqual(filter)
  })

  it.each([
    ['actor:@jane', 'jane'],
    ['actor:jane', 'jane'],
    ['actor:"Jane Doe"', 'Jane Doe'],
    ['actor:<@U123ABC>', 'U123ABC'],
    ['actor:<@U123ABC|Jane Doe>', 'U123ABC'],
    ['actor:purser:engine', 'purser:engine'],
  ])('reads who did it from %s', (text, actor) => {
    expect(read(text)).toMatchObject({ words: [], actor })
  })

  it('reads words and filters in any order', () => {
    expect(read('service:github Jane status:4xx Doe text:"already exists"')).toEqual({
      words: ['Jane', 'Doe'],
      filter: { services: ['github'], status: { from: 400, to: 499 } },
      actor: null,
      text: 'already exists',
      export: null,
    })
  })

  it.each<[string, 'csv' | 'jsonl' | null, string[]]>([
    ['export csv jane', 'csv', ['jane']],
    ['jane since:7d export jsonl', 'jsonl', ['jane']],
    ['export csv', 'csv', []],
    ['EXPORT CSV jane', 'csv', ['jane']],
    ['"export" csv', null, ['export', 'csv']],
    ['jane export team', null, ['jane', 'export', 'team']],
    ['csv', null, ['csv']],
  ])('reads whether to export from %s', (text, format, words) => {
    expect(read(text)).toMatchObject({ export: format, words })
  })

  it.each(['jane text:ab', 'since:7d text:ab', 'until:7d text:ab', 'run:3f9a1c07 text:ab'])(
    'searches texts where the entries are few: %s',
    (text) => {
      expect(read(text).text).toBe('ab')
    },
  )

  it('takes any service for known when it was told of none', () => {
    expect(read('service:stripe', { services: [] }).filter.services).toEqual(['stripe'])
  })
})

describe('days', () => {
  it.each([
    ['Europe/Berlin', '2026-10-31T23:00:00Z', '2026-11-01T23:00:00Z'],
    ['America/New_York', '2026-11-01T04:00:00Z', '2026-11-02T05:00:00Z'],
    ['Asia/Kolkata', '2026-10-31T18:30:00Z', '2026-11-01T18:30:00Z'],
    ['UTC', '2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z'],
    ['Nowhere/Land', '2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z'],
  ])('begin and end as clocks show it in %s', (timeZone, begin, end) => {
    const { filter } = read('since:2026-11-01 until:2026-11-01', { timeZone })
    expect(filter).toEqual({ since: utc(begin), until: utc(end) })
  })

  it('begin when the clock first shows them, where midnight is skipped', () => {
    const { filter } = read('since:2026-09-06', { timeZone: 'America/Santiago' })
    expect(new Date(filter.since ?? 0).toISOString()).toBe('2026-09-06T04:00:00.000Z')
  })

  it('may be named from today', () => {
    expect(read('since:yesterday until:today').filter).toEqual({
      since: utc('2026-11-18T23:00:00Z'),
      until: utc('2026-11-20T23:00:00Z'),
    })
    const late = Date.parse('2026-11-20T23:30:00Z')
    expect(read('since:today', { now: late }).filter.since).toBe(utc('2026-11-20T23:00:00Z'))
  })

  it('may have a time of day, in the asker’s zone or another', () => {
    expect(read('since:2026-11-01T09:30').filter.since).toBe(utc('2026-11-01T08:30:00Z'))
    expect(read('since:2026-07-01T09:30:15').filter.since).toBe(utc('2026-07-01T07:30:15Z'))
    expect(read('since:2026-11-01T09:30Z').filter.since).toBe(utc('2026-11-01T09:30:00Z'))
    expect(read('until:2026-11-01T09:30+02:00').filter.until).toBe(utc('2026-11-01T07:30:00Z'))
  })
})

describe('a query with a mistake', () => {
  it.each<[string, RegExp, string]>([
    ['jane ▸servce◂:github', /no servce:.*did you mean service\?/, 'service:github'],
    ['▸colour◂:red', /no colour:.*there are service, status/, 'service:github'],
    ['▸user◂:jane', /did you mean actor\?/, 'actor:@jane'],
    ['▸from◂:24h', /did you mean since\?/, 'since:24h'],
    ['▸-service◂:github', /nothing can be excluded/, 'service:…'],
    ['▸!status◂:200', /nothing can be excluded/, 'status:…'],
    ['▸export◂:csv', /without a colon/, 'jane since:7d export csv'],
    ['service:▸githb◂', /no service "githb".*did you mean github\?/, 'service:github'],
    ['service:github,▸stripe◂', /no service "stripe".*known are github/, 'service:github'],
    ['service:▸,◂github', /between the commas/, 'service:github'],
    ['service:github▸,◂', /between the commas/, 'service:github'],
    ['▸service:◂ github', /there is nothing behind service:.*no space/, 'service:github'],
    ['status:▸abc◂', /"abc" is not a status/, 'status:>=400'],
    ['status:▸!=404◂', /not a status/, 'status:>=400'],
    ['status:▸<100◂', /from 100 to 599/, 'status:>=400'],
    ['status:▸700◂', /from 100 to 599/, 'status:>=400'],
    ['status:▸499-400◂', /from 100 to 599/, 'status:>=400'],
    ['status:503 ▸status:500◂', /can be given once/, 'status:>=400'],
    ['method:▸PSOT◂', /did you mean POST\?/, 'method:POST'],
    ['actor:▸@◂', /name is missing/, 'actor:@jane'],
    ['actor:jane ▸actor:tim◂', /can be given once/, 'actor:@jane'],
    ['▸<@U123ABC>◂', /write actor:/, 'actor:<@U123ABC>'],
    ['run:▸3f9a◂', /eight characters/, 'run:3f9a1c07'],
    ['run:▸jane-doe◂', /is not a run/, 'run:3f9a1c07'],
    ['step:▸GitHub◂', /not a step’s name/, 'step:github-org'],
    ['kind:▸decisions◂', /did you mean decision\?/, 'kind:decision'],
    ['kind:decision,▸call.anwsered◂', /did you mean call.answered\?/, 'kind:decision'],
    ['since:▸lastweek◂', /not a time/, 'since:24h'],
    ['since:▸2026-13-01◂', /not a time/, 'since:24h'],
    ['since:▸2026-02-30◂', /not a time/, 'since:24h'],
    ['since:▸2026-11-01T25:00◂', /not a time/, 'since:24h'],
    ['since:▸01.11.2026◂', /not a time/, 'since:24h'],
    ['since:▸2027-01-01◂', /in the future/, 'since:24h'],
    ['until:▸soon◂', /not a time/, 'until:2026-11-01'],
    ['since:24h ▸until:7d◂', /since: must be earlier than until:/, 'since:2026-11-01 until:2026-11-07'],
    ['until:7d ▸since:24h◂', /since: must be earlier/, 'since:2026-11-01 until:2026-11-07'],
    ['jane text:▸x◂', /two characters/, 'jane text:"already exists"'],
    ['▸text:"already exists"◂', /whom it is about, or a time/, 'since:7d text:"already exists"'],
    ['service:github ▸text:boom◂', /whom it is about, or a time/, 'since:7d text:"boom"'],
    ['jane text:▸"already◂', /not closed/, 'jane text:"already exists"'],
    ['▸"Jane Doe◂', /not closed/, '"Jane Doe"'],
    ['jane ▸""◂', /nothing between/, '"Jane Doe"'],
    ['export ▸pdf◂', /csv or jsonl/, 'jane since:7d export csv'],
    ['▸export◂', /csv or jsonl/, 'jane since:7d export csv'],
    ['jane ▸export◂', /csv or jsonl/, 'jane since:7d export csv'],
    ['jane ▸export◂ csv since:7d', /at the beginning or at the end/, 'jane since:7d export csv'],
    ['export csv jane ▸export◂ jsonl', /given once/, 'jane since:7d export csv'],
  ])('is told where it is: %s', (marked, says, example) => {
    const { mistake, shown, expected } = mistakeIn(marked)
    expect(shown).toBe(expected)
    expect(mistake.message).toMatch(says)
    expect(mistake.example).toBe(example)
  })

  it('is told that it is too long', () => {
    const { at, length } = mistakeIn('x'.repeat(1200)).mistake
    expect({ at, length }).toEqual({ at: 1000, length: 200 })
  })

  it('gets an example that can be read', () => {
    const examples = ['servce:x', 'service:x', 'status:x', 'method:x', 'actor:@', 'run:x', 'step:X', 'kind:x']
    for (const text of [...examples, 'since:x', 'until:x', 'text:x', 'text:xx', 'export x', '"']) {
      const { example } = mistakeIn(text).mistake
      expect(parseAuditQuery(example, asker), example).toMatchObject({ ok: true })
    }
  })
})

describe('any text at all', () => {
  const piece = fc.oneof(
    fc.constantFrom('service:', 'status:>=', 'since:', 'until:', 'text:"', 'kind:', 'run:', '-', '"', '“', ',', ' '),
    fc.constantFrom(
      '&gt;',
      '<@U123|x>',
      '<mailto:a@b.example|',
      'export ',
      'csv',
      'github',
      '503',
      '24h',
      '2026-11-01',
    ),
    fc.string({ maxLength: 6, unit: 'binary' }),
  )
  const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''))
  const zone = fc.constantFrom('Europe/Berlin', 'America/Santiago', 'Pacific/Apia', 'Nowhere/Land', '')

  it('is read or refused with a place within it, and never throws', () => {
    let refused = 0
    fc.assert(
      fc.property(text, zone, (typed, timeZone) => {
        const parsed = parseAuditQuery(typed, { ...asker, timeZone })
        if (parsed.ok) return
        refused++
        expect(parsed.at).toBeGreaterThanOrEqual(0)
        expect(parsed.at + parsed.length).toBeLessThanOrEqual(typed.length)
        expect(parsed.length).toBeGreaterThan(0)
        expect(parsed.message).not.toBe('')
        expect(parsed.example).not.toBe('')
      }),
      { numRuns: 1500 },
    )
    expect(refused).toBeGreaterThan(300)
  })
})
