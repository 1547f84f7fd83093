import { describe, expect, test } from 'vitest'
import type { AuditReader } from '../../src/ledger/create-audit-reader.ts'
import { refusing } from '../engine/scripted-egress.ts'
import { wordsOf } from '../views/drawn.ts'
import { MAYA, OLGA, openHandlers, TIM } from './open-handlers.ts'

type At = Awaited<ReturnType<typeof openHandlers>>

const readings = async ({ store, ledger }: At) =>
  (await store.entries({ team: OLGA.team, kinds: ['ledger.read'] }, null, 100)).map((entry) => ({
    core: entry.core,
    body: ledger.open(entry),
  }))

describe('/audit', () => {
  test('shows entries about somebody, and is an entry itself that keeps the query sealed', async () => {
    await using at = await openHandlers()
    const run = await at.begin()
    await at.slash('/audit', 'jane kind:run', MAYA)
    expect(at.surface.last()).toMatchObject({ to: 'one', about: { subjects: [run.subject.id] } })
    expect(at.surface.last().words).toContain('Run started')
    expect(at.surface.last().words).not.toContain('Step done')
    const [reading, ...others] = await readings(at)
    expect(others).toEqual([])
    expect(reading?.core).toMatchObject({
      actor: `slack:${MAYA.team}/${MAYA.user}`,
      subjects: [run.subject.id],
      facts: { entries: 2, complete: true, older: false },
    })
    expect(reading?.body).toEqual({ kind: 'open', body: { query: 'jane kind:run' } })
    expect(JSON.stringify(reading?.core)).not.toContain('jane')
  })

  test('of somebody who is not known shows nothing rather than everything', async () => {
    await using at = await openHandlers()
    await at.begin()
    await at.slash('/audit', 'nobody', MAYA)
    expect(at.surface.last().words).toContain('No entry matches')
  })

  test('turns its pages in place, back and forth', async () => {
    await using at = await openHandlers()
    for (const name of ['ann', 'bob', 'cid']) await at.begin({ email: `${name}@acme.example`, name })
    await at.slash('/audit', '', MAYA)
    const newest = at.surface.last().words
    await at.click(at.surface.last().drawing.blocks, 'Older ▸', MAYA)
    expect(at.surface.last()).toMatchObject({ replaced: true })
    expect(at.surface.last().words).toContain('older entries')
    expect(at.surface.last().words).not.toBe(newest)
    await at.click(at.surface.last().drawing.blocks, '◂ Newest', MAYA)
    expect(at.surface.last().words).toContain('newest first')
    expect(await readings(at)).toHaveLength(3)
    await at.click(at.surface.shown.at(-2)?.drawing.blocks ?? [], '◂ Newest', TIM)
    expect(at.surface.last().words).toContain('You may not read the ledger')
  })

  test('shows where a query goes wrong', async () => {
    await using at = await openHandlers()
    for (const [text, says] of [
      ['jane statsu:500', 'did you mean status'],
      ['service:vndor', 'did you mean vendor'],
      ['actor:@jane', 'is nobody in this workspace'],
      ['x'.repeat(501), 'at most 500 characters'],
    ] as const) {
      await at.slash('/audit', text, MAYA)
      expect(at.surface.last().words).toContain(says)
    }
    expect(await readings(at)).toEqual([])
  })

  test('finds what a person did, by mention, by me, and what Purser did', async () => {
    await using at = await openHandlers()
    await at.begin()
    for (const [text, count] of [
      [`actor:<@${OLGA.user}|olga>`, 1],
      ['actor:@olga', 1],
      ['actor:purser:engine', 4],
    ] as const) {
      await at.slash('/audit', text, MAYA)
      expect(at.surface.last().words, text).toMatch(new RegExp(`${count} entr`))
    }
    await at.slash('/audit', 'actor:me', OLGA)
    expect(at.surface.last().words).toContain('Run started')
  })

  test('is shown from a card’s menu, and leaves out workflows whose ledger the asker may not read', async () => {
    await using at = await openHandlers({
      rules: { may: (_, action, workflow) => action === 'audit' && workflow === null },
    })
    const run = await at.begin()
    await at.ports.ledger.record([
      {
        id: at.ports.ids.entry(),
        at: at.clock.now(),
        team: OLGA.team,
        kind: 'purser.started',
        actor: 'purser:start',
        subjects: [],
      },
    ])
    await at.press(
      { type: 'button', action_id: 'audit.open', value: JSON.stringify({ q: `run:${run.id.slice(-8)}`, b: null }) },
      MAYA,
    )
    expect(at.surface.last().words).not.toContain('Run started')
    await at.slash('/audit', 'kind:purser', MAYA)
    expect(at.surface.last().words).toContain('Purser started')
  })
})

describe('an entry’s details', () => {
  test('stand beside the entry of the same try, and count as a reading', async () => {
    await using at = await openHandlers()
    const run = await at.begin()
    const { ids, ledger } = at.ports
    const call = { call: ids.call(), try: 1, service: 'vendor', operation: 'thing.make', run: run.id }
    const base = { at: at.clock.now(), team: OLGA.team, actor: 'purser:engine', subjects: [run.subject.id], ...call }
    const other = {
      ...base,
      call: ids.call(),
      id: ids.entry(),
      kind: 'call.answered',
      body: { answer: 'of another' },
    } as const
    await ledger.record([
      { ...base, id: ids.entry(), kind: 'call.intended', body: { request: { name: 'Jane' } } },
      other,
      { ...base, id: ids.entry(), kind: 'call.answered', status: 201, body: { answer: { made: true } } },
    ])
    await at.slash('/audit', `run:${run.id.slice(-8)} kind:call`, OLGA)
    await at.click(at.surface.last().drawing.blocks, 'Details', OLGA)
    const words = wordsOf(at.surface.window().blocks)
    expect(words).toContain('"made": true')
    expect(words).toContain('"name": "Jane"')
    expect(words).not.toContain('of another')
    expect((await readings(at))[0]?.core).toMatchObject({ subjects: [run.subject.id], facts: { entries: 2 } })
  })

  test('of a call that belongs to no run are found by its time', async () => {
    await using at = await openHandlers()
    const { ids, ledger } = at.ports
    const base = { team: OLGA.team, actor: 'purser:painter', subjects: [], call: ids.call(), try: 1, service: 'slack' }
    await ledger.record([
      { ...base, at: at.clock.now(), id: ids.entry(), kind: 'call.intended', body: { request: 'sent' } },
    ])
    await at.clock.advance(800)
    await ledger.record([
      { ...base, at: at.clock.now(), id: ids.entry(), kind: 'call.answered', body: { answer: 'ok then' } },
    ])
    for (const kind of ['call.intended', 'call.answered']) {
      await at.slash('/audit', `kind:${kind}`, OLGA)
      await at.click(at.surface.last().drawing.blocks, 'Details', OLGA)
      expect(wordsOf(at.surface.window().blocks)).toMatch(/sent[\s\S]*ok then/)
    }
  })
})

describe('help', () => {
  test('names every filter, and its buttons run queries that can be read', async () => {
    await using at = await openHandlers()
    await at.begin()
    await at.slash('/audit', 'help', MAYA)
    for (const word of ['service:github', 'since:24h', 'text:', 'export csv', 'Vendor']) {
      expect(at.surface.last().words).toContain(word)
    }
    const { blocks } = at.surface.last().drawing
    for (const button of ['Refused calls of today', 'Decisions this week', 'What I did']) {
      await at.click(blocks, button, MAYA)
      expect(at.surface.last().words).toContain('Ledger')
      expect(at.surface.last().words).not.toContain('cannot be read')
    }
    await at.slash('/audit', 'help', TIM)
    expect(at.surface.last().words).toContain('You may not read the ledger')
  })
})

describe('saved queries', () => {
  test('are saved from a page or by a command, run by name, listed and removed, each person’s own', async () => {
    await using at = await openHandlers()
    await at.begin()
    await at.slash('/audit', 'jane kind:run', MAYA)
    await at.click(at.surface.last().drawing.blocks, 'Save…', MAYA)
    expect(await at.submit({ name: 'two words' }, MAYA)).toMatchObject({
      kind: 'errors',
      errors: { name: expect.stringContaining('is no name') },
    })
    expect(await at.submit({ name: 'starts' }, MAYA)).toEqual({ kind: 'close' })
    await at.slash('/audit', 'save errors service:vendor status:>=400', MAYA)
    expect(at.surface.last().words).toContain('2 saved queries')
    await at.slash('/audit', 'saved starts', MAYA)
    expect(at.surface.last().words).toContain('Run started')
    await at.slash('/audit', 'saved', OLGA)
    expect(at.surface.last().words).toContain('You have saved no query yet')
    await at.slash('/audit', 'saved', MAYA)
    await at.click(at.surface.last().drawing.blocks, 'Remove', MAYA)
    expect(at.surface.last().words).toContain('1 saved query')
    expect(at.surface.last()).toMatchObject({ replaced: true })
    const [row] = await at.store.savedQueries(MAYA.team, MAYA.user)
    expect(Buffer.from(row?.sealed ?? []).toString()).not.toContain('jane')
    await at.slash('/audit', 'save errors', MAYA)
    expect(at.surface.last().words).toContain('There is no query to save')
  })

  test('take the right to read the ledger', async () => {
    await using at = await openHandlers()
    await at.slash('/audit', 'save x jane', TIM)
    expect(at.surface.last().words).toContain('You may not read the ledger')
    expect(await at.store.savedQueries(TIM.team, TIM.user)).toEqual([])
  })
})

describe('what auditors order', () => {
  test('a packet of somebody or of a period comes as a file, and its making is an entry', async () => {
    await using at = await openHandlers({ rules: { may: ({ groups }) => groups.includes('ops') } })
    const run = await at.begin()
    await at.slash('/audit', `packet ${run.subject.key}`, OLGA)
    const [file] = at.surface.files
    expect(file?.name).toMatch(/^evidence-2026-.*\.zip$/)
    expect(file?.text).toContain(run.subject.label)
    expect(file?.text).toContain('Olga Ops')
    expect(file?.comment).toContain('1 run, 12 entries')
    expect((await readings(at))[0]).toMatchObject({
      core: { subjects: [run.subject.id], facts: { packet: true, entries: 12 } },
      body: { body: { query: `packet ${run.subject.key}` } },
    })
    await at.slash('/audit', 'packet 2026Q3', OLGA)
    expect(at.surface.files.at(-1)?.text).toContain('quarter 3 of 2026')
  })

  test('a packet goes to nobody who may not export everything, and is of one person', async () => {
    await using at = await openHandlers()
    await at.begin()
    for (const [text, who, says] of [
      ['packet jane', MAYA, 'You may not export the ledger'],
      ['packet', OLGA, 'Write /audit packet'],
      ['packet nobody', OLGA, 'Nobody is known by'],
      ['packet 2026Q5', OLGA, 'it is no period'],
    ] as const) {
      await at.slash('/audit', text, who)
      expect(at.surface.last().words).toContain(says)
      expect([text, at.surface.files.length]).toEqual([text, 0])
    }
  })

  test('verify says what came of it, to whoever may read the ledger', async () => {
    await using at = await openHandlers()
    await at.slash('/audit', 'verify', MAYA)
    expect(at.surface.last().words).toContain('The ledger is as it was written.')
    expect(at.surface.last().words).toContain('1,200 sealed entries, 200 of them in segments')
    expect((await readings(at))[0]?.core.facts).toMatchObject({ verified: true, wrong: 0 })
    await at.slash('/audit', 'verify', TIM)
    expect(at.surface.last().words).toContain('You may not read the ledger')
  })
})

describe('an export', () => {
  test('sends the whole result as a file, and says how much it is', async () => {
    await using at = await openHandlers()
    at.script.plan('mail', refusing)
    await at.begin()
    await at.slash('/audit', 'jane kind:step export csv', OLGA)
    const [file] = at.surface.files
    expect(file?.name).toMatch(/^ledger-2026-11-02-.*\.csv$/)
    expect(file?.text.trim().split('\r\n')).toHaveLength(3)
    expect(file?.text).toContain('Jane Doe')
    expect(at.surface.shown.map(({ words }) => words)).toEqual([
      expect.stringContaining('is being read'),
      expect.stringContaining('2 entries'),
    ])
    expect((await readings(at))[0]?.core.facts).toEqual({ entries: 2, complete: true, export: 'csv' })
  })

  test('goes through page after page, and says when there was more than fits', async () => {
    await using at = await openHandlers()
    await at.begin()
    const [entry] = await at.store.entries({ team: OLGA.team }, null, 1)
    if (!entry) throw new Error('no entry')
    const limits: number[] = []
    const endless: AuditReader['page'] = async ({ limit }) => {
      limits.push(limit)
      return { entries: Array.from({ length: limit }, () => entry), next: entry.core.id, complete: true }
    }
    at.ports.audit.page = endless
    await at.slash('/audit', 'export jsonl', OLGA)
    expect(limits.reduce((sum, limit) => sum + limit, 0)).toBe(50_000)
    expect(at.surface.last().words).toContain('50000 entries')
    expect(at.surface.last().words).toContain('did not fit')
    expect(at.surface.files[0]?.text.trimEnd().split('\n')).toHaveLength(50_000)
  })

  test('is refused without its own right, and makes no file of nothing', async () => {
    await using at = await openHandlers()
    await at.slash('/audit', 'export csv', MAYA)
    expect(at.surface.last().words).toContain('You may not export the ledger')
    await at.slash('/audit', 'nobody export csv', OLGA)
    expect(at.surface.last().words).toContain('there is no file')
    expect(at.surface.files).toEqual([])
  })
})
