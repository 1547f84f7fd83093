import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { PermanentFailure, RetryLater } from '../../src/domain/errors.ts'
import { workflow } from '../../src/engine/define-workflow.ts'
import { settle } from '../support/turns.ts'
import { pressable } from '../views/drawn.ts'
import { MAYA, openHandlers, TIM } from './open-handlers.ts'

const HOUR = 3_600_000

const asking = workflow(
  {
    name: 'employee-onboarding',
    version: 1,
    title: 'Equipment',
    input: z.object({ email: z.email(), name: z.string() }),
    subject: ({ email, name }) => ({ key: email, label: name }),
  },
  ({ approval }) => {
    approval('ok', { title: 'Manager’s approval' })
  },
)

type At = Awaited<ReturnType<typeof openHandlers>>

async function open() {
  const at = await openHandlers({ workflows: [asking] })
  const run = await at.begin()
  at.snoozing.start()
  return { at, run, [Symbol.asyncDispose]: () => at[Symbol.asyncDispose]() }
}

/** What somebody is asked, as Purser answers them. */
async function asks(at: At, who = MAYA) {
  await at.slash('/purser', 'tasks', who)
  return at.surface.last()
}

const snooze = async (at: At, choice: string, who = MAYA): Promise<string> => {
  await at.click((await asks(at)).drawing.blocks, `⋯ ${choice}`, who)
  return at.surface.last().words
}

const direct = (at: At, who = MAYA) => at.surface.shown.filter(({ channel }) => channel === `D${who.user}`)

async function later(at: At, ms: number): Promise<void> {
  await at.clock.advance(ms)
  await settle()
}

describe('whoever is asked', () => {
  test('is reminded when they chose, alone and with the buttons that answer', async () => {
    await using opened = await open()
    const { at, run } = opened
    expect(await snooze(at, '🔔 Remind me in 2 hours')).toContain('I will remind you')
    expect((await asks(at)).words).toContain('You are reminded')
    await later(at, 2 * HOUR - 1)
    expect(direct(at)).toEqual([])
    await later(at, 1)
    expect(direct(at)).toHaveLength(1)
    expect(direct(at)[0]?.words).toContain('You wanted to be reminded of this: 🟡 Manager’s approval · Jane Doe')
    expect(pressable(direct(at)[0]?.drawing.blocks)).toContain('Approve')
    expect((await asks(at)).words).not.toContain('You are reminded')
    expect(await at.kinds()).toEqual(expect.arrayContaining(['ask.snoozed', 'ask.reminded']))
    await at.click(direct(at)[0]?.drawing.blocks ?? [], 'Approve', MAYA)
    expect((await at.run(run)).status).toBe('succeeded')
    await later(at, 24 * HOUR)
    expect(direct(at)).toHaveLength(1)
  })

  test.each([
    ['🔔 Remind me tomorrow at 9', 1],
    ['🔔 Remind me on Monday at 9', null],
  ])('%s, by their own clocks', async (choice, days) => {
    await using opened = await open()
    const { at } = opened
    await snooze(at, choice)
    const [wish] = await at.store.snoozes(MAYA.team, MAYA.user)
    const shown = new Intl.DateTimeFormat('en-GB', {
      ...{ timeZone: MAYA.timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit' },
    }).format(wish?.until)
    expect(shown).toMatch(days === null ? /^Mon.*09:00$/ : /09:00$/)
    expect((wish?.until ?? 0) - at.clock.now()).toBeLessThanOrEqual((days ?? 7) * 24 * HOUR + 9 * HOUR)
    expect((wish?.until ?? 0) - at.clock.now()).toBeGreaterThan(0)
  })

  test('is not reminded of what others have answered, and their last word counts', async () => {
    await using opened = await open()
    const { at, run } = opened
    await snooze(at, '🔔 Remind me on Monday at 9')
    await snooze(at, '🔔 Remind me in 2 hours')
    expect(await at.store.snoozes(MAYA.team, MAYA.user)).toHaveLength(1)
    await at.click((await asks(at)).drawing.blocks, 'Approve', MAYA)
    expect((await at.run(run)).status).toBe('succeeded')
    await later(at, 8 * 24 * HOUR)
    expect(direct(at)).toEqual([])
    expect(await at.store.snoozes(MAYA.team, MAYA.user)).toEqual([])
  })

  test('is told privately that it is not asked of them', async () => {
    await using opened = await open()
    expect(await snooze(opened.at, '🔔 Remind me in 2 hours', TIM)).toContain('not among those who are asked')
    expect(await opened.at.store.snoozes(TIM.team, TIM.user)).toEqual([])
  })

  test('is reminded once Slack is back, under the same key; whom Slack refuses is dropped', async () => {
    await using opened = await open()
    const { at } = opened
    await snooze(at, '🔔 Remind me in 2 hours')
    const where = { code: 'x', message: 'Slack is not there', hint: 'Wait.' }
    at.surface.refuse.post = new RetryLater({ ...where, retryAfterMs: null })
    await later(at, 2 * HOUR)
    at.surface.refuse.post = null
    await later(at, 60_000)
    expect(direct(at)).toHaveLength(1)
    expect(at.surface.keys[0]).toMatch(/^remind\/.*\/ok\/U/)
    // What a crash left posted is found by it.
    expect(at.surface.suspected).toEqual(at.surface.keys)
    await snooze(at, '🔔 Remind me in 2 hours')
    at.surface.refuse.post = new PermanentFailure(where)
    await later(at, 3 * HOUR)
    expect(await at.store.snoozes(MAYA.team, MAYA.user)).toEqual([])
    expect(at.troubles.map((each) => (each as Error).name)).toEqual(['RetryLater', 'PermanentFailure'])
  })
})
