import type { KnownBlock } from '@slack/types'
import { describe, expect, test } from 'vitest'
import { type Card, failureCardId, runCardId } from '../../src/domain/card.ts'
import type { Run } from '../../src/domain/run.ts'
import { drawCard } from '../../src/slack/draw-card.ts'
import { drawContext } from '../../src/slack/handler.ts'
import { refusing, unavailable } from '../engine/scripted-egress.ts'
import { testRules } from '../support/test-rules.ts'
import { expectMessage, expectView, wordsOf } from '../views/drawn.ts'
import { MAYA, NED, OLGA, openHandlers, TIM } from './open-handlers.ts'
import { onboarding } from './sample-workflow.ts'

type At = Awaited<ReturnType<typeof openHandlers>>

/** The card of a run's failing step, or of the run, as it stands now. */
async function cardOf(at: At, of: Run, key: string | null): Promise<KnownBlock[]> {
  const run = await at.run(of)
  const step = key ? (await at.step(of, key)).key : null
  const id = step ? failureCardId(run.id, step) : runCardId(run.id)
  const card = { kind: step ? 'failure' : 'run', step, line: null, id } as Card
  const from = { run, definition: onboarding, policy: () => testRules().policy('x', 'y'), today: 2, asked: [] }
  const drawing = drawCard(card as never, from, drawContext(at.ports))
  if (!drawing) throw new Error('no card')
  expectMessage(drawing)
  return drawing.blocks
}

describe('a failing step', () => {
  test('is retried with other values by those who may enter them', async () => {
    await using at = await openHandlers()
    at.script.plan('mail', refusing)
    const run = await at.begin({ role: 'sales' })
    await at.click(await cardOf(at, run, 'mail'), '⋯ Edit and retry…', TIM)
    expect(wordsOf(at.surface.last().drawing.blocks)).toContain('You may not change what was entered for')
    await at.click(await cardOf(at, run, 'mail'), '⋯ Edit and retry…', OLGA)
    const window = at.surface.windows.at(-1)
    if (!window) throw new Error('no window')
    expectView(window)
    expect(wordsOf(window.blocks)).toContain('Already done with the old values')
    const values = { 'input.email': 'jane@acme.example', 'input.name': 'Jane Doe' }
    expect(await at.submit({ ...values, 'input.email': 'x' }, OLGA)).toMatchObject({
      kind: 'errors',
      errors: { 'input.email': 'This is not an address.' },
    })
    expect(await at.submit({ ...values, 'input.role': 'engineer', note: 'asked' }, OLGA)).toEqual({ kind: 'close' })
    expect(await at.run(run)).toMatchObject({ input: { role: 'engineer' }, status: 'succeeded' })
    expect(wordsOf(await cardOf(at, run, 'mail'))).toContain('sales → engineer')
  })

  test('is taken over while Purser tries by itself', async () => {
    await using at = await openHandlers()
    at.script.plan('mail', unavailable())
    const run = await at.begin()
    await at.click(await cardOf(at, run, 'mail'), 'Take over', TIM)
    expect(wordsOf(await cardOf(at, run, 'mail'))).toContain('Tim Teammate, who took it over')
    expect(await at.step(run, 'mail')).toMatchObject({ status: 'failed' })
  })

  test('is retried with today’s rules, which the card tells apart from its own', async () => {
    await using at = await openHandlers()
    at.script.plan('mail', refusing)
    const run = await at.begin()
    const card = await cardOf(at, run, 'mail')
    expect(wordsOf(card)).toContain('version 1 of the rules decides, today’s is 2')
    await at.click(card, '⋯ Retry with today’s rules', TIM)
    expect(await at.run(run)).toMatchObject({ status: 'succeeded' })
  })
})

describe('a decision that needs a second person', () => {
  test('stands on the card, is refused to its proposer and to those who may not, and confirmed by another', async () => {
    await using at = await openHandlers({ rules: { needsSecond: (decision) => decision === 'skip' } })
    at.script.plan('mail', refusing)
    const run = await at.begin()
    await at.click(await cardOf(at, run, 'mail'), 'Skip…', TIM)
    const window = at.surface.windows.at(-1)
    if (!window) throw new Error('no window')
    expectView(window)
    expect(wordsOf(window.blocks)).toContain('nothing is done until somebody else confirms')
    expect(window.submit?.text).toBe('Propose')
    expect(await at.submit({ reason: 'by hand' }, TIM)).toMatchObject({ kind: 'update' })
    const card = await cardOf(at, run, 'mail')
    expect(wordsOf(card)).toContain('Tim Teammate proposes to skip this step')
    await at.click(card, 'Confirm', TIM)
    expect(wordsOf(at.surface.last().drawing.blocks)).toContain('You proposed this yourself')
    await at.click(card, 'Confirm', NED)
    expect(wordsOf(at.surface.last().drawing.blocks)).toContain('You may not skip')
    expect(await at.step(run, 'mail')).toMatchObject({ status: 'failed' })
    await at.click(card, 'Confirm', OLGA)
    expect(wordsOf(await cardOf(at, run, 'mail'))).toContain('Skipped by Tim Teammate, confirmed by Olga Ops')
    await at.click(card, 'Withdraw', OLGA)
    expect(wordsOf(at.surface.last().drawing.blocks)).toMatch(/Olga Ops confirmed it .*before you/)
  })
})

describe('a whole run', () => {
  test('is restarted by those who may end and start it', async () => {
    await using at = await openHandlers()
    at.script.plan('mail', refusing)
    const run = await at.begin()
    await at.click(await cardOf(at, run, null), 'Restart…', TIM)
    expect(wordsOf(at.surface.last().drawing.blocks)).toContain('You may not cancel')
    await at.click(await cardOf(at, run, null), 'Restart…', OLGA)
    const window = at.surface.windows.at(-1)
    if (!window) throw new Error('no window')
    expectView(window)
    expect(wordsOf(window.blocks)).toContain('by version 1 of the process and version 1 of the rules')
    const values = { 'input.email': 'jane@acme.example', 'input.name': 'Jane Doe', reason: 'wrong role' }
    expect(await at.submit(values, OLGA)).toEqual({ kind: 'close' })
    expect(await at.run(run)).toMatchObject({ status: 'cancelled', restartedAs: expect.any(String) })
    expect(wordsOf(await cardOf(at, run, null))).toContain('begun anew as run')
  })
})

test('a window whose decision waits for a second person says that it is proposed, not that it failed', async () => {
  await using at = await openHandlers({ rules: { needsSecond: () => true } })
  at.script.plan('mail', refusing)
  const run = await at.begin()
  await at.click(await cardOf(at, run, 'mail'), 'Skip…', TIM)
  const answer = await at.submit({ reason: 'by hand' }, TIM)
  expect(answer).toMatchObject({ kind: 'update', view: { title: { text: 'Proposed' } } })
  expect(await at.step(run, 'mail')).toMatchObject({ status: 'failed' })
})

describe('what a skip left', () => {
  test('is listed, handed over and closed with evidence, by its owner or those who may', async () => {
    await using at = await openHandlers()
    at.script.plan('mail', refusing)
    const run = await at.begin()
    await at.click(await cardOf(at, run, 'mail'), 'Skip…', TIM)
    await at.submit({ reason: 'by hand' }, TIM)
    await at.slash('/purser', 'debts', MAYA)
    expect(wordsOf(at.surface.last().drawing.blocks)).toContain('1 thing is still owed')
    const card = await cardOf(at, run, null)
    await at.click(card, 'Hand over…', TIM)
    expect(await at.submit({ person: MAYA.user }, TIM)).toEqual({ kind: 'close' })
    await at.click(card, 'Close: Open the mailbox…', TIM)
    expect(wordsOf(at.surface.last().drawing.blocks)).toContain('You may not mark')
    await at.click(card, 'Close: Open the mailbox…', MAYA)
    expect(await at.submit({ evidence: 'made by hand: M-77' }, MAYA)).toEqual({ kind: 'close' })
    expect(await at.run(run)).toMatchObject({ status: 'succeeded' })
    expect(wordsOf(await cardOf(at, run, 'mail'))).toContain('Done since by Maya Manager')
  })
})
