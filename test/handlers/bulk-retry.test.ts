import { describe, expect, test } from 'vitest'
import { bulkCardId, type OtherCard } from '../../src/domain/card.ts'
import type { BulkId } from '../../src/domain/ids.ts'
import type { Run } from '../../src/domain/run.ts'
import { drawContext } from '../../src/slack/handler.ts'
import { showBulk } from '../../src/slack/show-bulk.ts'
import { refusing, unclear } from '../engine/scripted-egress.ts'
import { TEAM } from '../support/test-ids.ts'
import { expectMessage, expectView, setOff, wordsOf } from '../views/drawn.ts'
import { GUS, MAYA, NED, OLGA, openHandlers, TIM } from './open-handlers.ts'

type At = Awaited<ReturnType<typeof openHandlers>>

async function beginFailed(at: At, names: readonly string[], failure = refusing): Promise<Run[]> {
  const runs: Run[] = []
  for (const name of names) {
    at.script.plan('mail', failure)
    runs.push(await at.begin({ name, email: `${name.toLowerCase().replace(' ', '.')}@acme.example` }))
  }
  return runs
}

const lastWindow = (at: At) => {
  const window = at.surface.windows.at(-1)
  if (!window) throw new Error('no window')
  expectView(window)
  return window
}

const toldNow = (at: At): string => {
  const { drawing } = at.surface.last()
  expectMessage(drawing)
  return wordsOf(drawing.blocks)
}

/** The card of the newest bulk retry. */
async function cardNow(at: At) {
  const [bulk] = await at.engine.bulks.recent(TEAM, 1)
  const id = bulk?.id as BulkId
  const card = { id: bulkCardId(id), team: TEAM, kind: 'bulk', about: id } as Partial<OtherCard> as OtherCard
  const shown = await showBulk({ ...at.ports, context: () => drawContext(at.ports) }, card)
  if (!shown?.drawing) throw new Error('no card')
  expectMessage(shown.drawing)
  return { blocks: shown.drawing.blocks, words: wordsOf(shown.drawing.blocks), text: shown.drawing.text }
}

const ASKED = { name: 'Vendor outage', rate: '60' }

describe('/purser retry', () => {
  test('shows what would be retried and what it leaves out, and retries that at the rate', async () => {
    await using at = await openHandlers()
    const runs = await beginFailed(at, ['Jane Doe', 'Ann Other'])
    await beginFailed(at, ['Una Known'], unclear)
    await at.slash('/purser', 'retry service:vendor since:1h', TIM)
    const words = wordsOf(lastWindow(at).blocks)
    expect(words).toContain('2 steps will be retried')
    expect(words).toMatch(/Jane Doe.*Ann Other.*Left out: it is not known whether they were done.*Una Known/s)
    expect(await at.submit({ ...ASKED, name: 'x' }, TIM)).toMatchObject({
      kind: 'errors',
      errors: { name: expect.any(String) },
    })
    expect(await at.submit({ ...ASKED, rate: '500' }, TIM)).toMatchObject({ errors: { rate: expect.any(String) } })
    expect(await at.submit(ASKED, TIM)).toEqual({ kind: 'close' })
    expect((await cardNow(at)).words).toContain('Bulk retry “Vendor outage”: 1 of 2 retried')
    await at.clock.advance(1_000)
    const card = await cardNow(at)
    expect(card.words).toContain('2 of 2 retried')
    expect(card.text).toContain('1 step left out')
    for (const run of runs) expect(await at.run(run)).toMatchObject({ status: 'succeeded' })
    await at.slash('/purser', 'bulk', TIM)
    expect(toldNow(at)).toMatch(/1 bulk retry, newest first.*“Vendor outage”: 2 of 2 retried. By Tim Teammate/s)
  })

  test('retries exactly what was shown: what moved meanwhile is told, and others are not touched', async () => {
    await using at = await openHandlers()
    const [jane] = await beginFailed(at, ['Jane Doe', 'Ann Other'])
    await at.slash('/purser', 'retry', OLGA)
    const [late] = await beginFailed(at, ['Late Comer'])
    const step = await at.step(jane as Run, 'mail')
    const skip = { kind: 'skip', step: step.key, stepVersion: step.version, reason: 'by hand' } as const
    await at.engine.decide({ team: TEAM, run: (jane as Run).id, actor: (jane as Run).startedBy, decision: skip })
    await at.submit(ASKED, OLGA)
    await at.clock.advance(5_000)
    const { words, text } = await cardNow(at)
    expect(words).toMatch(/1 of 2 retried, 1 was decided by others.*Decided by others.*Jane Doe/s)
    expect(text).toContain('Jane Doe')
    expect(await at.run(late as Run)).toMatchObject({ status: 'blocked' })
  })

  test.each([
    ['retry servce:vendor', 'did you mean service?', 'servce'],
    ['retry service:vendr', 'did you mean vendor?', 'vendr'],
    ['retry service:', 'there is nothing behind service:', 'service:'],
    ['retry step:nope', 'there is no step "nope"', 'nope'],
    ['retry workflow:x', 'there is no process "x"', 'x'],
    ['retry since:soon', '"soon" is not a time', 'soon'],
    ['retry "Jane', 'the quote is not closed', '"Jane'],
    ['retry code:a code:b', 'code: can be given once', 'code:b'],
  ])('tells the place of the mistake in “%s”', async (typed, says, mistaken) => {
    await using at = await openHandlers()
    await at.slash('/purser', typed, OLGA)
    const told = toldNow(at)
    expect(told).toContain(says)
    expect(told).toMatch(/For example: \/purser retry/)
    expect(setOff(at.surface.last().drawing.blocks)).toEqual([mistaken])
  })

  test('opens a placeholder when very many runs have to be looked through, and fills it', async () => {
    await using at = await openHandlers()
    await beginFailed(at, ['Jane Doe'])
    const { runs } = at.ports.store
    at.ports.store.runs = async (filter, limit) => {
      await at.clock.sleep(2_000)
      return await runs(filter, limit)
    }
    const asked = at.slash('/purser', 'retry', OLGA)
    await at.clock.advance(1_600)
    expect(at.surface.order).toEqual(['open'])
    await at.clock.advance(2_000)
    await asked
    expect(at.surface.order).toEqual(['open', 'update'])
    expect(wordsOf(at.surface.updates[0]?.blocks)).toContain('1 step will be retried')
  })

  test('finds by words, step, code and process; and says when nothing fits', async () => {
    await using at = await openHandlers()
    await beginFailed(at, ['Jane Doe', 'Ann Other'])
    await at.slash('/purser', 'retry jane step:mail code:http-422 workflow:employee-onboarding', OLGA)
    const words = wordsOf(lastWindow(at).blocks)
    expect(words).toContain('1 step will be retried')
    expect(words).not.toContain('Ann Other')
    await at.slash('/purser', 'retry code:http-500', OLGA)
    expect(toldNow(at)).toContain('Nothing fits that can be retried')
    await at.slash('/purser', 'retry nobody', OLGA)
    expect(toldNow(at)).toContain('Nothing fits that can be retried')
  })

  test('says what is held, where somebody would wonder why it is not retried', async () => {
    await using at = await openHandlers({ rules: { may: () => true } })
    await at.slash('/purser', 'pause service vendor audit week', OLGA)
    await at.begin({ email: 'jane@acme.example', name: 'Jane Doe' })
    await at.slash('/purser', 'retry service:vendor', OLGA)
    expect(toldNow(at)).toContain('1 step is held by a pause, an incident or the brake, and goes on when that ends.')
    await at.slash('/purser', 'retry code:http-500', OLGA)
    expect(toldNow(at)).not.toContain('held')
  })

  test('is for those who may retry, at the submission too', async () => {
    const fired = new Set<string>()
    await using at = await openHandlers({
      rules: {
        may: (person, action) => !fired.has(person.user) && (action === 'see' || !person.groups.includes('managers')),
      },
    })
    await beginFailed(at, ['Jane Doe'])
    for (const who of [MAYA, GUS]) {
      await at.slash('/purser', 'retry', who)
      expect(at.surface.windows).toEqual([])
    }
    await at.slash('/purser', 'retry', NED)
    fired.add(NED.user)
    expect(await at.submit(ASKED, NED)).toMatchObject({ kind: 'update' })
    expect(await at.engine.bulks.recent(TEAM, 1)).toEqual([])
    expect(await at.submit(ASKED, OLGA)).toMatchObject({ kind: 'update' })
    expect(await at.engine.bulks.recent(TEAM, 1)).toEqual([])
  })

  test('is stopped on its card by whoever may retry, once', async () => {
    await using at = await openHandlers()
    await beginFailed(at, ['Jane Doe', 'Ann Other', 'Joe Third'])
    await at.slash('/purser', 'retry', TIM)
    await at.submit({ ...ASKED, rate: '1' }, TIM)
    const { blocks } = await cardNow(at)
    await at.click(blocks, 'Stop', MAYA)
    expect(toldNow(at)).toContain('You may not retry')
    await at.click(blocks, 'Stop', OLGA)
    const { words } = await cardNow(at)
    expect(words).toMatch(/1 of 3 retried, 2 stopped.*Stopped by Olga Ops/s)
    await at.click(blocks, 'Stop', OLGA)
    expect(toldNow(at)).toContain('had their turn already')
  })

  test('stays within the sizes of Slack with hundreds of steps and long names', async () => {
    await using at = await openHandlers()
    const names = Array.from({ length: 120 }, (_, n) => `Person${n} ${'Ünïcödé & <long> '.repeat(8)}`)
    for (const [n, name] of names.entries()) {
      at.script.plan('mail', n % 3 === 0 ? unclear : refusing)
      at.script.plan('mail', refusing)
      await at.begin({ name, email: `person${n}@acme.example` })
    }
    await at.slash('/purser', 'retry service:vendor', OLGA)
    const window = lastWindow(at)
    expect(wordsOf(window.blocks)).toContain('more')
    await at.submit({ name: 'N'.repeat(60), rate: '120' }, OLGA)
    await cardNow(at)
    await at.clock.advance(120_000)
    expect((await cardNow(at)).words).toContain('retried')
    await at.slash('/purser', 'bulk', OLGA)
    toldNow(at)
  })
})
