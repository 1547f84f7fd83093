import { describe, expect, test } from 'vitest'
import { refusing } from '../engine/scripted-egress.ts'
import { MAYA, openHandlers, TIM } from './open-handlers.ts'

const DAY = 86_400_000

type At = Awaited<ReturnType<typeof openHandlers>>

async function answer(at: At, words: string, who = MAYA): Promise<string> {
  await at.say(words, who)
  return at.surface.last().words
}

/** Tim skips the step that fails for Jane. */
async function skipped(at: At) {
  const run = await at.begin()
  const step = await at.step(run, 'mail')
  const actor = { kind: 'person', team: TIM.team, user: TIM.user } as const
  const decision = { kind: 'skip', step: step.key, stepVersion: step.version, reason: 'By hand.' } as const
  await at.engine.decide({ team: TIM.team, run: run.id, actor, decision })
  return run
}

describe('the time that a question names', () => {
  test('is that of the failures that are told, be they mended since or not', async () => {
    await using at = await openHandlers()
    at.script.plan('mail', refusing)
    await skipped(at)
    expect(await answer(at, 'what failed today?')).toMatch(/something failed in 1 run\..*Open the mailbox.*Now: /s)
    expect(await answer(at, 'what is stuck today?')).toContain('Nothing is stuck')
    await at.clock.advance(3 * DAY)
    expect(await answer(at, 'what failed today?')).toContain('Nothing failed between')
    expect(await answer(at, 'which processes failed in the past seven days?')).toContain('something failed in 1 run.')
  })

  test('is that of the decisions that are told, of one run and of all', async () => {
    await using at = await openHandlers()
    at.script.plan('mail', refusing)
    await skipped(at)
    expect(await answer(at, 'who skipped steps this week?')).toMatch(/1 time somebody skipped a step.*Tim Teammate/s)
    expect(await answer(at, 'which approvals were refused this month?')).toContain('Nobody refused anything between')
    expect(await answer(at, 'did anyone skip Jane today?')).toMatch(/Tim Teammate skipped/)
    await at.clock.advance(3 * DAY)
    expect(await answer(at, 'did anyone skip Jane yesterday?')).toMatch(/Not between .* but at another time:.*Tim/s)
  })

  test('goes with the button behind which is answered whom one meant', async () => {
    await using at = await openHandlers()
    at.script.plan('mail', refusing)
    await skipped(at)
    await at.begin({ email: 'jane@other.example', name: 'Jane Roe' })
    await at.clock.advance(3 * DAY)
    expect(await answer(at, 'did anyone skip Jane yesterday?')).toContain('Which one do you mean?')
    await at.click(at.surface.last().drawing.blocks, 'Jane Doe · Employee onboarding', MAYA)
    expect(at.surface.last().words).toContain('but at another time')
  })

  test('is that of what was done, of all that one may see', async () => {
    await using at = await openHandlers()
    await at.begin()
    expect(await answer(at, 'have you done anything today')).toMatch(/What happened.*Started by Olga Ops/s)
    await at.clock.advance(3 * DAY)
    expect(await answer(at, 'have you done anything today')).toContain('Nothing happened between')
  })

  test('is that by which something is due', async () => {
    await using at = await openHandlers()
    at.script.plan('mail', refusing)
    await skipped(at)
    const due = (await at.store.runs({ team: TIM.team, owing: true }, 1))[0]
    expect(due).toBeDefined()
    expect(await answer(at, 'what is due tomorrow?')).toContain('Nothing is due between')
    expect(await answer(at, 'what is owed in the next 30 days?')).toContain('1 thing is due between')
  })

  test('of which nothing can be told is said to be another one than now', async () => {
    await using at = await openHandlers()
    at.script.plan('mail', refusing)
    await at.begin()
    const now = 'this is how it stands now'
    for (const asked of [
      'what was stuck yesterday?',
      'how was Jane Doe on Monday',
      'who was waiting for me last week?',
    ]) {
      expect(await answer(at, asked), asked).toContain(now)
    }
    for (const asked of ['what is stuck today?', 'what do I have to do this week?', 'will Jane be done by Friday?']) {
      expect(await answer(at, asked), asked).not.toContain(now)
    }
  })
})
