import { describe, expect, test } from 'vitest'
import { PermanentFailure } from '../../src/domain/errors.ts'
import type { Run } from '../../src/domain/run.ts'
import { drawContext } from '../../src/slack/handler.ts'
import { failureCard } from '../../views/cards/failure-card.ts'
import { runCard } from '../../views/cards/run-card.ts'
import { refusing, UNCLEAR, unclear } from '../engine/scripted-egress.ts'
import { OTHER_TEAM } from '../support/test-ids.ts'
import { POLICY } from '../support/test-rules.ts'
import { wordsOf } from '../views/drawn.ts'
import { GUS, MAYA, NED, OLGA, openHandlers, TIM } from './open-handlers.ts'
import { onboarding } from './sample-workflow.ts'

type At = Awaited<ReturnType<typeof openHandlers>>

/** A run whose mailbox step has failed, and its failure card. */
async function failedRun(at: At, fails = refusing) {
  at.script.plan('mail', fails)
  const run = await at.begin()
  return { run, card: await cardOf(at, run) }
}

async function cardOf(at: At, of: Run) {
  const run = await at.run(of)
  const step = await at.step(of, 'mail')
  const subject = { run, step, outline: onboarding.outline, policy: POLICY }
  return failureCard(subject, drawContext(at.ports)).blocks
}

describe('Retry', () => {
  test('carries the step out again, and leaves the words to the card', async () => {
    await using at = await openHandlers()
    const { run, card } = await failedRun(at)
    await at.click(card, 'Retry', TIM)
    expect(at.surface.shown).toEqual([])
    expect(await at.run(run)).toMatchObject({ status: 'succeeded' })
    expect((await at.step(run, 'mail')).decisions).toMatchObject([{ kind: 'retry', by: { user: TIM.user } }])
  })

  test('pressed by two is decided by one; the other is told who was first', async () => {
    await using at = await openHandlers()
    const { run, card } = await failedRun(at)
    await Promise.all([at.click(card, 'Retry', TIM), at.click(card, 'Retry', OLGA)])
    expect(at.surface.shown).toHaveLength(1)
    expect(at.surface.last()).toMatchObject({ to: 'one', about: { subjects: [run.subject.id] } })
    expect(at.surface.last().words).toMatch(/Tim Teammate retried it at .*, before you/)
    expect(at.script.of('mail')).toHaveLength(2)
  })

  test('of an outcome that is unknown says that it is not there, so that a new key is used', async () => {
    await using at = await openHandlers()
    const { run, card } = await failedRun(at, unclear)
    expect(await at.step(run, 'mail')).toMatchObject({ status: 'unknown', generations: {} })
    await at.click(card, 'It is not there: retry', TIM)
    expect(await at.step(run, 'mail')).toMatchObject({ status: 'succeeded', generations: { [UNCLEAR]: 1 } })
  })
})

describe('a click', () => {
  test.each([
    [NED, {}, 'You may not retry a step of Employee onboarding'],
    [MAYA, {}, 'Ops or Managers may'],
    [GUS, {}, 'Guests may not'],
    [OLGA, { homeTeam: OTHER_TEAM }, 'another workspace'],
  ])('of somebody who may not changes nothing and is answered privately', async (who, from, says) => {
    await using at = await openHandlers()
    const { run, card } = await failedRun(at)
    await at.click(card, 'Retry', who, from)
    expect(at.surface.last()).toMatchObject({ to: 'one' })
    expect(at.surface.last().words).toContain(says)
    expect(await at.step(run, 'mail')).toMatchObject({ status: 'failed', decisions: [] })
  })

  test('on a card of yesterday opens no window, and says how it stands', async () => {
    await using at = await openHandlers()
    const { card } = await failedRun(at)
    at.script.plan('mail', refusing)
    await at.click(card, 'Retry', TIM)
    for (const button of ['Skip…', 'Escalate…', '⋯ Mark done…', 'Retry']) {
      await at.click(card, button, OLGA)
      expect(at.surface.last().words, button).toContain('Tim Teammate retried it')
      expect(at.surface.last().words, button).toContain('Nothing was changed by your click')
    }
    expect(at.surface.windows).toEqual([])
  })

  test.each([
    'step.retry',
    'step.skip',
    'step.menu',
    'run.cancel',
    'run.show',
    'audit.open',
    'audit.older',
    'run.start.0',
    'audit.details',
  ])('with a value that nobody understands any more is answered: %s', async (action) => {
    await using at = await openHandlers()
    const before = await at.kinds()
    for (const value of ['{"old":1}', 'not json', '', undefined]) {
      await at.press(
        { type: 'button', action_id: action, block_id: 'b', ...(value === undefined ? {} : { value }) },
        OLGA,
      )
      expect(at.surface.last().words).toContain('older version')
    }
    expect(at.surface.shown).toHaveLength(4)
    expect(await at.kinds()).toEqual(before)
  })

  test('on a run of another workspace finds none', async () => {
    await using at = await openHandlers()
    const { run, card } = await failedRun(at)
    at.ports.engine.run = async (team, id) => (team === OTHER_TEAM ? await at.engine.run(team, id) : null)
    await at.click(card, 'Retry', OLGA)
    expect(at.surface.last().words).toContain(`No such run is known: ${run.id.slice(-8)}`)
  })
})

describe('a window', () => {
  test('to skip names what is lost and until when it is owed', async () => {
    await using at = await openHandlers()
    const { card } = await failedRun(at)
    await at.click(card, 'Skip…', TIM)
    const words = wordsOf(at.surface.window().blocks)
    expect(words).toContain('Say welcome')
    expect(words).toContain('2026-11-09')
  })

  test('to mark as done asks for the result that later steps take', async () => {
    await using at = await openHandlers()
    const { card } = await failedRun(at, unclear)
    await at.click(card, 'Mark done…', OLGA)
    expect(JSON.stringify(at.surface.window().blocks)).toContain('"output.id"')
    await at.click(card, 'Mark done…', TIM)
    expect(at.surface.last().words).toContain('You may not mark a step')
  })

  test('to escalate is not opened for a ticket that is there already', async () => {
    await using at = await openHandlers()
    const { run, card } = await failedRun(at)
    await at.click(card, 'Escalate…', TIM)
    expect(await at.submit({ reason: 'The token was refused' }, TIM)).toEqual({ kind: 'close' })
    expect(await at.step(run, 'mail')).toMatchObject({ escalation: { status: 'open' } })
    await at.click(card, 'Escalate…', OLGA)
    expect(at.surface.windows).toHaveLength(1)
    expect(at.surface.last().words).toContain('Tim Teammate escalated it')
  })

  test('to cancel opens from the card and from the menu; not once the run has ended', async () => {
    await using at = await openHandlers()
    const { run, card } = await failedRun(at)
    const whole = runCard(await at.run(run), onboarding.outline, drawContext(at.ports)).blocks
    await at.click(card, '⋯ Cancel run…', OLGA)
    await at.click(whole, 'Cancel…', OLGA)
    expect(at.surface.windows.map((view) => view.callback_id)).toEqual(['cancel-run', 'cancel-run'])
    expect(await at.submit({ reason: 'Jane has withdrawn' }, OLGA)).toEqual({ kind: 'close' })
    expect(await at.run(run)).toMatchObject({ status: 'cancelled' })
    await at.click(whole, 'Cancel…', OLGA)
    expect(at.surface.last().words).toContain('Olga Ops cancelled the run')
    expect(at.surface.windows).toHaveLength(2)
  })

  test.each([
    { undo: 'yes', calls: 1 },
    { undo: 'no', calls: 0 },
  ])('to cancel undoes what was done as chosen: $undo', async ({ undo, calls }) => {
    await using at = await openHandlers()
    const { run, card } = await failedRun(at)
    await at.click(card, '⋯ Cancel run…', OLGA)
    expect(JSON.stringify(at.surface.window().blocks)).toContain('Suspend it')
    expect(await at.submit({ reason: 'Jane has withdrawn', undo }, OLGA)).toEqual({ kind: 'close' })
    expect(await at.run(run)).toMatchObject({ status: 'cancelled', cancelled: { undo: undo === 'yes' } })
    expect(at.script.of('account~undo')).toHaveLength(calls)
  })

  test('that is closed while it is being filled troubles nobody', async () => {
    await using at = await openHandlers()
    const { card } = await failedRun(at)
    at.fresh.is = false
    at.surface.refuse.update = new PermanentFailure({ code: 'not-found', message: 'closed', hint: '' })
    await at.click(card, 'Skip…', TIM)
    expect(at.surface.shown).toEqual([])
    at.surface.refuse.update = new PermanentFailure({ code: 'invalid-arguments', message: 'bad', hint: '' })
    await expect(at.click(card, 'Skip…', TIM)).rejects.toThrow('bad')
  })

  test('shows a run where there is no channel to answer into', async () => {
    await using at = await openHandlers()
    const { run } = await failedRun(at)
    const value = JSON.stringify({ r: run.id })
    await at.press({ type: 'button', action_id: 'run.show', value }, TIM, { nowhere: true })
    expect(wordsOf(at.surface.window().blocks)).toContain('Open the mailbox')
    expect(at.surface.shown).toEqual([])
  })
})
