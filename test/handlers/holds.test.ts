import type { KnownBlock } from '@slack/types'
import { describe, expect, test } from 'vitest'
import type { Card } from '../../src/domain/card.ts'
import type { Hold, HoldScope } from '../../src/domain/hold.ts'
import type { Run } from '../../src/domain/run.ts'
import { drawContext } from '../../src/slack/handler.ts'
import { showHold } from '../../src/slack/show-hold.ts'
import { failureCard } from '../../views/cards/failure-card.ts'
import { runCard } from '../../views/cards/run-card.ts'
import { refusing, unavailable } from '../engine/scripted-egress.ts'
import { OTHER_TEAM, TEAM } from '../support/test-ids.ts'
import { POLICY, testRules } from '../support/test-rules.ts'
import { expectMessage, expectView, pressable, wordsOf } from '../views/drawn.ts'
import { GUS, NED, OLGA, OTTO, openHandlers, TIM } from './open-handlers.ts'
import { onboarding } from './sample-workflow.ts'

type At = Awaited<ReturnType<typeof openHandlers>>

const actor = { kind: 'person', team: TEAM, user: OLGA.user } as const

async function paused(at: At, scope: HoldScope = { of: 'everything' }): Promise<Hold> {
  const answer = await at.engine.holds.pause({ team: TEAM, scope, by: actor, reason: 'audit week', until: null })
  if (answer.kind !== 'done') throw new Error(answer.kind)
  await at.clock.advance(0)
  return answer.hold
}

/** The card of a hold, as it stands now. */
async function holdCardOf(at: At, { id }: Hold): Promise<KnownBlock[]> {
  const card = { team: TEAM, kind: 'hold', about: id } as unknown as Card & { kind: 'hold'; about: string }
  const shown = await showHold({ ...at.ports, context: () => drawContext(at.ports) }, card as never)
  if (!shown?.drawing) throw new Error('no card')
  expectMessage(shown.drawing)
  return shown.drawing.blocks
}

const runCardOf = async (at: At, of: Run): Promise<KnownBlock[]> => {
  const drawing = runCard(await at.run(of), onboarding.outline, drawContext(at.ports))
  expectMessage(drawing)
  return drawing.blocks
}

const failureCardOf = async (at: At, of: Run): Promise<KnownBlock[]> => {
  const subject = {
    run: await at.run(of),
    step: await at.step(of, 'mail'),
    outline: onboarding.outline,
    policy: POLICY,
  }
  const drawing = failureCard(subject, drawContext(at.ports))
  expectMessage(drawing)
  return drawing.blocks
}

const heard = (at: At): string => wordsOf(at.surface.last().drawing.blocks)
const standing = (at: At) => at.engine.holds.standing(TEAM)

describe('the buttons of a pause', () => {
  test('pressed by two are decided by one; the other reads who was first, and the card keeps the name', async () => {
    await using at = await openHandlers()
    const hold = await paused(at)
    const run = await at.begin()
    const card = await holdCardOf(at, hold)
    expect(wordsOf(card)).toContain('1 run waits')
    await Promise.all([at.click(card, 'Resume', OLGA), at.click(card, 'Resume', OLGA)])
    expect(at.surface.shown).toHaveLength(1)
    expect(heard(at)).toMatch(/Olga Ops was first, at .*Nothing was changed by your click/s)
    await at.clock.advance(5_000)
    expect(await at.run(run)).toMatchObject({ status: 'succeeded' })
    const over = await holdCardOf(at, hold)
    expect(wordsOf(over)).toMatch(/Resumed by Olga Ops.*Ended by Olga Ops/s)
    expect(pressable(over)).toEqual([])
    await at.click(card, 'Resume', OLGA)
    expect(heard(at)).toContain('It is over.')
  })

  test.each([
    ['who may not', TIM, {}, 'You may not pause or resume'],
    ['a guest', GUS, {}, 'Guests may not decide'],
    ['somebody of another workspace', OLGA, { homeTeam: OTHER_TEAM }, 'belongs to another workspace'],
    ['another workspace that has no such hold', OTTO, {}, 'nothing was changed by your click'],
  ])('refuse %s, say why, and change nothing', async (_who, who, from, words) => {
    await using at = await openHandlers()
    const hold = await paused(at)
    await at.click(await holdCardOf(at, hold), 'Resume', who, from)
    expect(heard(at)).toContain(words)
    expect(standing(at)).toMatchObject([{ status: 'open', decisions: [] }])
  })
})

describe('the buttons of an incident', () => {
  const rules = {
    incidents: {
      ...testRules().incidents,
      steps: 2,
      runs: 2,
      withinMs: 600_000,
      releasePerMinute: 60,
      notify: () => [],
    },
  }

  /** Two runs fail for the service's sake. */
  async function incident(at: At) {
    at.script.plan('account', unavailable(), unavailable())
    const first = await at.begin()
    const second = await at.begin({ email: 'john@acme.example', name: 'John' })
    await at.clock.advance(0)
    const [hold] = standing(at)
    if (hold?.kind !== 'incident') throw new Error('no incident')
    return { hold, runs: [first, second] }
  }

  test('let one go on to try, escalate with a reason, and close', async () => {
    await using at = await openHandlers({ rules })
    const { hold, runs } = await incident(at)
    const card = await holdCardOf(at, hold)
    await at.click(card, 'Release one to try', OLGA)
    await at.clock.advance(0)
    const statuses = await Promise.all(runs.map(async (run) => (await at.step(run, 'account')).status))
    expect(statuses.sort()).toEqual(['held', 'succeeded'])
    expect(wordsOf(await holdCardOf(at, hold))).toContain('One let go on to try by Olga Ops')
    await at.click(card, 'Escalate…', OLGA)
    expectView(at.surface.windows.at(-1))
    expect(await at.submit({ reason: 'x' }, OLGA)).toMatchObject({
      kind: 'errors',
      errors: { reason: expect.any(String) },
    })
    expect(await at.submit({ reason: 'the vendor does not answer the phone' }, OLGA)).toEqual({ kind: 'close' })
    await at.clock.advance(0)
    expect(wordsOf(await holdCardOf(at, hold))).toContain('OPS-2')
    await at.click(card, 'Close…', OLGA)
    expect(await at.submit({ reason: 'solved' }, TIM)).toMatchObject({ kind: 'update' })
    expect(standing(at)[0]?.status).toBe('open')
    expect(await at.submit({ reason: 'solved' }, OLGA)).toEqual({ kind: 'close' })
    expect(standing(at)[0]?.status).toBe('releasing')
  })

  test('have the service looked at from the card of a step that it holds', async () => {
    await using at = await openHandlers({ rules })
    const { hold } = await incident(at)
    await at.press({ action_id: 'hold.probe', value: JSON.stringify({ h: hold.id }), type: 'button' }, OLGA)
    expect(wordsOf(await holdCardOf(at, hold))).toContain('Looked at now by Olga Ops')
  })
})

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
    expect(wordsOf(await runCardOf(at, run))).toMatch(/Needs someone.*Paused by Olga Ops/s)
    await at.click(await failureCardOf(at, run), 'Retry', OLGA)
    expect(await at.step(run, 'mail')).toMatchObject({ status: 'held' })
    expect(pressable(await failureCardOf(at, run))[0]).toBe('Resume run')
    await at.click(await failureCardOf(at, run), 'Resume run', OLGA)
    await at.clock.advance(0)
    expect(await at.run(run)).toMatchObject({ status: 'succeeded' })
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

describe('whoever starts what is held', () => {
  const values = { email: 'jane@acme.example', name: 'Jane Doe' }

  test.each<[string, HoldScope]>([
    ['everything', { of: 'everything' }],
    ['its process', { of: 'workflow', workflow: 'employee-onboarding' }],
    ['a service that its steps call', { of: 'service', service: 'vendor' }],
  ])('reads so in the form, in the confirmation and on the card: %s', async (_what, scope) => {
    await using at = await openHandlers()
    await paused(at, scope)
    await at.slash('/run', 'employee-onboarding', TIM)
    await at.slash('/run', 'employee-onboarding', OLGA)
    const window = at.surface.windows.at(-1)
    expectView(window)
    expect(wordsOf(window?.blocks)).toMatch(
      /Paused by Olga Ops \(.*\), until it is resumed \(Ops or Managers may\): audit week\.\nYou can start all the same/,
    )
    expect(await at.submit(values, OLGA)).toEqual({ kind: 'close' })
    expect(heard(at)).toMatch(
      /Started for Jane Doe.*It waits: paused by Olga Ops .*\(Ops or Managers may\): audit week\./s,
    )
    const [row] = await at.store.runs({ team: TEAM }, 1)
    const run = row && (await at.engine.run(TEAM, row.id))
    if (!run) throw new Error('no run')
    expect(wordsOf(await runCardOf(at, run))).toContain('Paused by Olga Ops')
  })

  test('of another process or service reads nothing of it', async () => {
    await using at = await openHandlers()
    await paused(at, { of: 'workflow', workflow: 'another' })
    await paused(at, { of: 'service', service: 'another' })
    await at.slash('/run', 'employee-onboarding', OLGA)
    expect(wordsOf(at.surface.windows.at(-1)?.blocks)).not.toContain('paused')
  })

  test('behind the brake reads that somebody has to look', async () => {
    await using at = await openHandlers({ rules: { brake: () => ({ starts: 1, withinMs: 600_000 }) } })
    await at.begin()
    await at.slash('/run', 'employee-onboarding', OLGA)
    expect(await at.submit({ email: 'two@acme.example', name: 'Two' }, OLGA)).toEqual({ kind: 'close' })
    expect(heard(at)).toMatch(/It waits: held until somebody has looked \(Ops or Managers may\)/)
    await at.slash('/run', 'employee-onboarding', OLGA)
    expect(wordsOf(at.surface.windows.at(-1)?.blocks)).toContain('More were started than is usual')
  })
})
