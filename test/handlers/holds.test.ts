import type { KnownBlock } from '@slack/types'
import { describe, expect, test } from 'vitest'
import type { HoldScope } from '../../src/domain/hold.ts'
import type { Rules } from '../../src/rules/rules.ts'
import { unavailable } from '../engine/scripted-egress.ts'
import { OTHER_TEAM, TEAM } from '../support/test-ids.ts'
import { testRules } from '../support/test-rules.ts'
import { expectView, pressable, wordsOf } from '../views/drawn.ts'
import { type At, heard, holdCardOf, paused, runCardOf } from './hold-cards.ts'
import { GUS, MAYA, NED, OLGA, OTTO, openHandlers, TIM } from './open-handlers.ts'

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
    // Once: the ending tells who resumed it.
    expect(wordsOf(over).match(/by Olga Ops/g)).toEqual(['by Olga Ops'])
    expect(wordsOf(over)).toContain('Ended by Olga Ops')
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

  test('are offered to whoever asks what is stuck, who is not told that nothing is', async () => {
    await using at = await openHandlers({ rules })
    await incident(at)
    await at.slash('/purser', 'failures', OLGA)
    expect(heard(at)).toMatch(
      /No run waits for somebody to decide, but not everything goes on.*is not working.*2 runs wait/s,
    )
    expect(pressable(at.surface.last().drawing.blocks)[0]).toBe('Probe now')
    await at.slash('/purser', 'failures', MAYA)
    expect(heard(at)).toContain('2 runs wait')
    expect(pressable(at.surface.last().drawing.blocks)).toEqual([])
  })

  test('let one go on to try, escalate with a reason, and close', async () => {
    await using at = await openHandlers({ rules })
    const { hold, runs } = await incident(at)
    const card = await holdCardOf(at, hold)
    await at.click(card, 'Release one to try', OLGA)
    await at.clock.advance(0)
    const statuses = await Promise.all(runs.map(async (run) => (await at.step(run, 'account')).status))
    expect(statuses.sort()).toEqual(['held', 'succeeded'])
    expect(wordsOf(await holdCardOf(at, hold))).toContain('One released to try by Olga Ops')
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
    expect(wordsOf(await holdCardOf(at, hold))).toContain('Probed by Olga Ops')
  })
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

  test.each(['process', 'workflow'])('reads so where one has typed "%s" before its name', async (word) => {
    await using at = await openHandlers()
    await at.slash('/purser', `pause ${word} employee-onboarding for 2h audit week`, OLGA)
    expect(at.engine.holds.standing(TEAM)).toMatchObject([
      { scope: { of: 'workflow', workflow: 'employee-onboarding' } },
    ])
    await at.slash('/purser', `resume ${word} employee-onboarding`, OLGA)
    expect(heard(at)).toContain('What was held goes on')
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

describe('what is held back', () => {
  const homeOf = async (at: At, who = OLGA): Promise<KnownBlock[]> => {
    await at.home(who)
    return (at.surface.homes.at(-1)?.blocks ?? []) as KnownBlock[]
  }

  test('stands on the Home of whoever sees runs, with its buttons for those who may press them', async () => {
    await using at = await openHandlers()
    expect(wordsOf(await homeOf(at))).not.toContain('Held back now')
    const hold = await paused(at, { of: 'service', service: 'vendor' })
    await at.begin()
    const home = await homeOf(at)
    expect(wordsOf(home)).toMatch(/Held back now.*calls to Vendor · paused by Olga Ops.*audit week.*1 run waits/s)
    expect(pressable(await homeOf(at, TIM))).not.toContain('Resume')
    expect(wordsOf(await homeOf(at, NED))).not.toContain('Held back now')
    await at.click(home, 'Resume', OLGA, { nowhere: true })
    expect((await at.engine.holds.find(TEAM, hold.id))?.decisions).toMatchObject([{ kind: 'resume' }])
  })

  test('is listed by /purser pause with how one pauses, and by the question; a run held by it is none of its own', async () => {
    await using at = await openHandlers()
    await paused(at)
    await at.begin()
    for (const ask of [() => at.slash('/purser', 'pause', OLGA), () => at.say('what is paused?', OLGA)]) {
      await ask()
      expect(heard(at)).toMatch(/everything · paused by Olga Ops.*audit week.*1 run waits/s)
      expect(heard(at)).not.toContain('paused one by one')
      expect(pressable(at.surface.last().drawing.blocks)).toContain('Resume')
    }
    await at.slash('/purser', 'resume', TIM)
    expect(heard(at)).toContain('How to pause')
    expect(pressable(at.surface.last().drawing.blocks)).not.toContain('Resume')
  })
})

describe('the buttons of the brake', () => {
  test('come with who waits and who started it; one begins, the rest are dropped with a reason', async () => {
    await using at = await openHandlers({ rules: { brake: () => ({ starts: 1, withinMs: 600_000 }) } })
    await at.begin()
    const queued = []
    for (const name of ['Ann', 'Ben', 'Cal']) queued.push(await at.begin({ email: `${name}@acme.example`, name }))
    const [hold] = standing(at)
    if (hold?.kind !== 'brake') throw new Error('no brake')
    const card = await holdCardOf(at, hold)
    expect(wordsOf(card)).toMatch(/3 starts of .*Ann \(run .*started by Olga Ops.*Ben.*Cal/s)
    await at.click(card, 'Release one', OLGA)
    await at.clock.advance(0)
    expect(await at.run(queued[0] as never)).toMatchObject({ status: 'succeeded' })
    expect(wordsOf(await holdCardOf(at, hold))).not.toContain('Ann (run')
    await at.click(card, 'Cancel all…', TIM)
    expect(heard(at)).toContain('You may not pause or resume')
    await at.click(card, 'Cancel all…', OLGA)
    expect(await at.submit({ reason: 'an import by mistake' }, OLGA)).toEqual({ kind: 'close' })
    await at.clock.advance(10_000)
    for (const run of queued.slice(1)) {
      const { status, history } = await at.run(run)
      expect(status).toBe('cancelled')
      expect(history.at(-1)?.text ?? history.findLast(({ kind }) => kind === 'cancel')?.text).toBe(
        'an import by mistake',
      )
    }
    expect(wordsOf(await holdCardOf(at, hold))).toMatch(/All cancelled by Olga Ops.*an import by mistake/s)
  })

  test('drop what waits for those alone who may also cancel it', async () => {
    const may: Rules['may'] = ({ groups }, action) => groups.includes('ops') && action !== 'cancel'
    await using at = await openHandlers({ rules: { may, brake: () => ({ starts: 1, withinMs: 600_000 }) } })
    await at.begin()
    const queued = await at.begin({ email: 'ann@acme.example', name: 'Ann' })
    const [hold] = standing(at)
    if (!hold) throw new Error('no brake')
    await at.click(await holdCardOf(at, hold), 'Cancel all…', OLGA)
    expect(heard(at)).toMatch(/You may not cancel/)
    expect(await at.run(queued)).toMatchObject({ status: 'held' })
    expect(standing(at)).toMatchObject([{ status: 'open', decisions: [] }])
  })
})
