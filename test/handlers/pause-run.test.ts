import { describe, expect, test } from 'vitest'
import { refusing, unavailable } from '../engine/scripted-egress.ts'
import { OTHER_TEAM } from '../support/test-ids.ts'
import { expectView, pressable, wordsOf } from '../views/drawn.ts'
import { actor, failureCardOf, heard, runCardOf } from './hold-cards.ts'
import { GUS, NED, OLGA, openHandlers, TIM } from './open-handlers.ts'

describe('one run', () => {
  test('is paused from its card, with a reason and an end, and resumed by its button', async () => {
    await using at = await openHandlers()
    at.script.plan('account', unavailable(60_000))
    const run = await at.begin()
    await at.click(await runCardOf(at, run), 'Pause…', OLGA)
    const window = at.surface.windows.at(-1)
    expectView(window)
    expect(wordsOf(window?.blocks)).toContain('nothing else of this run is started')
    const past = Math.floor(at.clock.now() / 1_000) - 60
    expect(await at.submit({ reason: 'she starts later', until: past }, OLGA)).toMatchObject({
      kind: 'errors',
      errors: { until: expect.any(String) },
    })
    const until = Math.floor(at.clock.now() / 1_000) + 3_600
    expect(await at.submit({ reason: 'she starts later', until }, OLGA)).toEqual({ kind: 'close' })
    expect(await at.run(run)).toMatchObject({ status: 'paused', paused: { until: until * 1_000, by: actor } })
    const card = await runCardOf(at, run)
    expect(wordsOf(card)).toMatch(/Paused by Olga Ops .*Ops or Managers may resume it.*she starts later/s)
    await Promise.all([at.click(card, 'Resume run', OLGA), at.click(card, 'Resume run', OLGA)])
    expect(heard(at)).toMatch(/Olga Ops let the run go on .*before you/s)
    expect((await at.kinds()).filter((kind) => kind.startsWith('decision.'))).toEqual([
      ...['decision.pause', 'decision.resume', 'decision.refused'],
    ])
  })

  test('goes on by itself when its time has come', async () => {
    await using at = await openHandlers()
    at.script.plan('account', unavailable(60_000))
    const run = await at.begin()
    await at.slash('/purser', 'pause jane@acme.example for 2h the laptop is late', OLGA)
    expect(heard(at)).toMatch(/Paused: Jane Doe \(run .*\), until/)
    expect(await at.run(run)).toMatchObject({ status: 'paused', paused: { reason: 'the laptop is late' } })
    await at.clock.advance(2 * 3_600_000)
    await at.clock.advance(0)
    expect(await at.run(run)).toMatchObject({ status: 'succeeded', paused: null })
  })

  test('is paused from the menu of a failure card, which then offers to resume it', async () => {
    await using at = await openHandlers()
    at.script.plan('mail', refusing)
    const run = await at.begin()
    await at.click(await failureCardOf(at, run), '⋯ Pause run…', OLGA)
    expect(await at.submit({ reason: 'wait for the lawyer' }, OLGA)).toEqual({ kind: 'close' })
    expect(wordsOf(await runCardOf(at, run))).toMatch(/Needs somebody.*Paused by Olga Ops/s)
    expect(wordsOf(await failureCardOf(at, run))).toMatch(
      /The run is paused by Olga Ops .*wait for the lawyer\. Nothing is sent before it is resumed/,
    )
    await at.click(await failureCardOf(at, run), 'Retry', OLGA)
    expect(await at.step(run, 'mail')).toMatchObject({ status: 'held' })
    expect(pressable(await failureCardOf(at, run))[0]).toBe('Resume run')
    await at.click(await failureCardOf(at, run), 'Resume run', OLGA)
    await at.clock.advance(0)
    expect(await at.run(run)).toMatchObject({ status: 'succeeded' })
  })

  test('has the cards of its failures drawn anew when it is paused, and when it goes on', async () => {
    await using at = await openHandlers()
    at.script.plan('mail', refusing)
    const run = await at.begin()
    const revision = async (): Promise<number> => {
      const card = (await at.ports.store.cardsOf(run.id)).find(({ kind }) => kind === 'failure')
      return card?.revision ?? 0
    }
    const before = await revision()
    await at.slash('/purser', 'pause Jane Doe: wait for the lawyer', OLGA)
    expect(await revision()).toBeGreaterThan(before)
    const paused = await revision()
    await at.slash('/purser', 'resume Jane Doe', OLGA)
    expect(await revision()).toBeGreaterThan(paused)
    expect(wordsOf(await failureCardOf(at, run))).not.toContain('paused')
  })

  test.each([
    [TIM, {}, 'You may not pause or resume'],
    [NED, {}, 'You may not pause or resume'],
    [GUS, {}, 'Guests may not decide'],
    [OLGA, { homeTeam: OTHER_TEAM }, 'belongs to another workspace'],
  ])('is not paused by those who may not: %o', async ({ name: _name, ...who }, from, words) => {
    await using at = await openHandlers()
    at.script.plan('mail', refusing)
    const run = await at.begin()
    await at.click(await runCardOf(at, run), 'Pause…', { name: _name, ...who }, from)
    expect(heard(at)).toContain(words)
    expect(at.surface.windows).toEqual([])
  })

  test.each([
    ['pause Jane Doe: the laptop is late', 'the laptop is late'],
    ['pause Jane Doe the laptop is late', 'the laptop is late'],
    ['pause Jane Doe for 2h late', 'late'],
    ['pause run RUN she starts later', 'she starts later'],
  ])('is understood by name or id: %s', async (typed, reason) => {
    await using at = await openHandlers()
    at.script.plan('mail', refusing)
    const run = await at.begin()
    await at.slash('/purser', typed.replace('RUN', run.id.slice(-8)), OLGA)
    expect(await at.run(run)).toMatchObject({ paused: { reason } })
    await at.slash('/purser', 'resume Jane Doe', OLGA)
    expect(heard(at)).toContain('Jane Doe (run')
    expect(await at.run(run)).toMatchObject({ paused: null })
    await at.slash('/purser', 'resume Jane Doe', OLGA)
    expect(heard(at)).toMatch(/Olga Ops let the run go on .*before you/s)
  })

  test('that nobody knows, or that is none of one, is told so and nothing is changed', async () => {
    await using at = await openHandlers()
    at.script.plan('mail', refusing)
    const run = await at.begin()
    await at.slash('/purser', 'pause Nobody Atall: why not', OLGA)
    expect(heard(at)).toContain('No run that has not ended fits “Nobody Atall”')
    await at.slash('/purser', 'pause Jane Doe', OLGA)
    expect(heard(at)).toContain('Please say why')
    await at.slash('/purser', 'pause Jane Doe: whyever', TIM)
    expect(heard(at)).toContain('You may not pause')
    expect((await at.run(run)).paused ?? null).toBeNull()
  })
})

test('a run that is cancelled while it is paused is undone and not paused any more', async () => {
  await using at = await openHandlers()
  at.script.plan('mail', refusing)
  const run = await at.begin()
  await at.slash('/purser', 'pause Jane Doe for 1h: wait', OLGA)
  await at.click(await runCardOf(at, run), 'Cancel…', OLGA)
  expect(await at.submit({ reason: 'withdrawn' }, OLGA)).toEqual({ kind: 'close' })
  expect(await at.run(run)).toMatchObject({ status: 'cancelled', paused: null })
  await at.clock.advance(2 * 3_600_000)
  expect((await at.kinds()).filter((kind) => kind === 'decision.resume')).toEqual([])
})
