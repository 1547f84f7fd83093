import { describe, expect, test } from 'vitest'
import { onWire, refusing } from '../engine/scripted-egress.ts'
import { settle } from '../support/turns.ts'
import { wordsOf } from '../views/drawn.ts'
import { GUS, MAYA, NED, OLGA, openHandlers, TIM } from './open-handlers.ts'

describe('a question', () => {
  test('in a channel is answered in its thread, for all to see', async () => {
    await using at = await openHandlers()
    const run = await at.begin()
    await at.say('<@U0PURSER> how is Jane Doe’s onboarding going?', MAYA, { channel: 'C0OPS' })
    expect(at.surface.last()).toMatchObject({ to: 'all', threadTs: '1.1', about: { run: run.id } })
    expect(at.surface.last().words).toContain('Done')
  })

  test('in direct messages is answered plainly', async () => {
    await using at = await openHandlers()
    at.script.plan('mail', refusing)
    await at.begin()
    await at.say("what's stuck?", TIM)
    expect(at.surface.last()).toMatchObject({ to: 'all', threadTs: null })
    expect(at.surface.last().words).toContain('Jane Doe')
    await at.say('what needs me?', TIM)
    expect(at.surface.last().words).toContain('a decision that you may take')
    await at.say('what needs me?', MAYA)
    expect(at.surface.last().words).toContain('Nothing needs you')
  })

  test('about somebody who is mentioned finds them by their address', async () => {
    await using at = await openHandlers()
    await at.begin({ email: 'ned@acme.example', name: 'Edward Newcomer' })
    await at.say(`<@U0PURSER> how is <@${NED.user}> doing?`, MAYA, { channel: 'C0OPS' })
    expect(at.surface.last().words).toContain('Edward Newcomer')
  })

  test('of somebody who may not see is refused to them alone', async () => {
    await using at = await openHandlers()
    await at.begin()
    await at.say('<@U0PURSER> how is Jane?', NED, { channel: 'C0OPS' })
    expect(at.surface.last()).toMatchObject({ to: 'one', threadTs: '1.1' })
    expect(at.surface.last().words).toContain('You may not see how processes are going')
    await at.say('how is Jane?', GUS)
    expect(at.surface.last().words).toContain('Guests may not')
    expect(at.surface.shown.map(({ words }) => words).join()).not.toContain('Jane Doe')
  })

  test('that is none gets examples', async () => {
    await using at = await openHandlers()
    await at.say('please bring me a coffee with milk and a little sugar', NED)
    expect(at.surface.last().words).toContain('what is stuck?')
    await at.say('', NED)
    expect(at.surface.last().words).toContain('Runs your processes')
  })
})

describe('the App Home', () => {
  test('shows each person what they may decide, see and start', async () => {
    await using at = await openHandlers()
    at.script.plan('mail', refusing)
    await at.begin()
    await at.begin({ email: 'ann@acme.example', name: 'Ann Done' })
    const wire = onWire()
    at.script.plan('mail', wire.behaviour)
    await at.begin({ email: 'bob@acme.example', name: 'Bob Flight' })
    const homes: Record<string, string> = {}
    for (const who of [OLGA, TIM, MAYA, NED]) {
      await at.home(who)
      homes[who.name] = wordsOf(at.surface.homes.at(-1)?.blocks)
    }
    expect(homes[OLGA.name]).toMatch(
      /Start Employee onboarding.*Needs you: 1 decision.*Jane Doe.*Under way.*Bob Flight/s,
    )
    expect(homes[OLGA.name]).toContain('1 run finished')
    expect(homes[OLGA.name]).toContain('100% succeeded (1 of 1)')
    expect(homes[TIM.name]).toContain('Needs you: 1 decision')
    expect(homes[TIM.name]).not.toContain('Start Employee')
    expect(homes[MAYA.name]).toMatch(/Nothing needs you.*Stuck, with others.*Jane Doe/s)
    expect(homes[NED.name]).not.toMatch(/Jane|Ann|Bob|finished\./)
    wire.answer('late')
    await settle()
  })

  test('counts what was cancelled as ended, not as a success', async () => {
    await using at = await openHandlers()
    at.script.plan('mail', refusing)
    const run = await at.begin()
    await at.begin({ email: 'ann@acme.example', name: 'Ann Done' })
    const actor = { kind: 'person', team: OLGA.team, user: OLGA.user } as const
    const decision = { kind: 'cancel', reason: 'withdrawn' } as const
    await at.engine.decide({ team: OLGA.team, run: run.id, actor, decision })
    await at.home(OLGA)
    expect(wordsOf(at.surface.homes.at(-1)?.blocks)).toContain('2 runs finished')
    expect(wordsOf(at.surface.homes.at(-1)?.blocks)).toContain('50% succeeded (1 of 2)')
  })

  test('tells guests why it is empty', async () => {
    await using at = await openHandlers()
    await at.home(GUS)
    expect(wordsOf(at.surface.homes.at(-1)?.blocks)).toContain('Guests may not')
  })

  test('starts a workflow, and shows a run, in a window', async () => {
    await using at = await openHandlers()
    at.script.plan('mail', refusing)
    await at.begin()
    await at.home(OLGA)
    const blocks = at.surface.homes.at(-1)?.blocks as Parameters<typeof at.click>[0]
    await at.click(blocks, 'Employee onboarding', OLGA, { nowhere: true })
    await at.click(blocks, 'Show', OLGA, { nowhere: true })
    expect(at.surface.windows.map((view) => view.callback_id)).toEqual(['start-run', 'notice'])
  })
})
