import { describe, expect, test } from 'vitest'
import { shortId } from '../../src/domain/ids.ts'
import { homeModel } from '../../src/slack/home/home-model.ts'
import { EVERYTHING } from '../../views/home/home-filter.ts'
import { refusing, unavailable } from '../engine/scripted-egress.ts'
import { GUS, MAYA, NED, OLGA, openHandlers, TIM } from './open-handlers.ts'

const DAY = 86_400_000

type At = Awaited<ReturnType<typeof openHandlers>>

async function answer(at: At, words: string, who = MAYA): Promise<string> {
  await at.say(words, who)
  return at.surface.last().words
}

describe('a question about somebody', () => {
  test('tells why it failed, what mends it, and from which run that is known', async () => {
    await using at = await openHandlers()
    at.script.plan('mail', refusing)
    const run = await at.begin()
    const why = await answer(at, 'why did Jane’s onboarding fail?')
    expect(why).toMatch(/Open the mailbox stopped: .*What mends it/s)
    expect(why).toContain(`From run ${shortId(run.id)}`)
    expect(await answer(at, 'who is holding up Jane?')).toMatch(/Open the mailbox stopped: .*somebody has to retry/s)
  })

  test('tells who decided, when, and in which entry that stands', async () => {
    await using at = await openHandlers()
    at.script.plan('mail', refusing)
    const run = await at.begin()
    expect(await answer(at, 'who retried Jane?')).toContain('Nobody has retried a step of it.')
    const actor = { kind: 'person', team: TIM.team, user: TIM.user } as const
    const step = await at.step(run, 'mail')
    const decision = { kind: 'skip', step: step.key, stepVersion: step.version, reason: 'She has one.' } as const
    await at.engine.decide({ team: TIM.team, run: run.id, actor, decision })
    const entry = (await at.step(run, 'mail')).decisions[0]?.entry ?? ''
    const who = await answer(at, 'who skipped it for Jane Doe?')
    expect(who).toMatch(/Tim Teammate skipped “Open the mailbox” .*She has one\./)
    expect(who).toContain(`entry ${shortId(entry)}`)
    expect(await answer(at, 'who started Jane’s onboarding?')).toContain('Olga Ops started it')
  })

  test('tells what is left, and what earlier runs took', async () => {
    await using at = await openHandlers()
    at.script.plan('mail', refusing)
    await at.begin()
    expect(await answer(at, 'when will Jane be done?')).toMatch(/nobody can say how long.*What is left: 2 steps/s)
  })

  test('tells what was done for them in a time, and that nothing was', async () => {
    await using at = await openHandlers()
    await at.begin()
    expect(await answer(at, 'what did you do for Jane Doe today?')).toMatch(/What happened.*Started by Olga Ops/)
    await at.clock.advance(3 * DAY)
    expect(await answer(at, 'what did you do for Jane Doe yesterday?')).toContain('Nothing happened in it between')
    expect(await answer(at, 'what did you do in the last 5 days?')).toMatch(/What happened.*Finished/s)
  })

  test('means the run in whose thread it is asked when it says “it”', async () => {
    await using at = await openHandlers()
    at.script.plan('mail', refusing)
    const run = await at.begin()
    await at.begin({ email: 'ann@acme.example', name: 'Ann Other' })
    const [card] = await at.store.cardsOf(run.id)
    if (!card) throw new Error('no card')
    await at.store.commit({ at: 1, entries: [], painted: { ...card, digest: 'd', ts: '1.1', channelId: 'C0OPS' } })
    await at.say('<@U0PURSER> why did it fail?', MAYA, { channel: 'C0OPS' })
    expect(at.surface.last().about).toMatchObject({ run: run.id })
    expect(at.surface.last().words).toContain('stopped')
  })

  test('is asked back when several could be meant, and answered behind the button', async () => {
    await using at = await openHandlers()
    at.script.plan('mail', refusing)
    await at.begin()
    at.script.plan('mail', refusing)
    await at.begin({ email: 'jane@other.example', name: 'Jane Roe' })
    expect(await answer(at, 'why did Jane fail?')).toContain('Which one do you mean?')
    await at.click(at.surface.last().drawing.blocks, 'Jane Roe · Employee onboarding', MAYA)
    expect(at.surface.last()).toMatchObject({ to: 'one' })
    expect(at.surface.last().words).toMatch(/Jane Roe.*stopped/s)
    expect(await answer(at, 'why did Jnae Doe fail?')).toMatch(/Jane Doe.*stopped/s)
    expect(await answer(at, 'how is Jane Smith?')).toContain('Did you mean…')
    await at.click(at.surface.last().drawing.blocks, 'Jane Doe · Employee onboarding', NED)
    expect(at.surface.last().words).toContain('You may not see')
  })
})

describe('a question about many', () => {
  test('is answered from what the asker may see', async () => {
    await using at = await openHandlers()
    at.script.plan('mail', refusing)
    await at.begin()
    expect(await answer(at, 'my onboardings', OLGA)).toContain('1 run of yours under way')
    expect(await answer(at, 'what am I waiting for?', OLGA)).toContain('1 run of yours waits')
    expect(await answer(at, 'what am I waiting for?', TIM)).toContain('Nothing of yours waits')
    expect(await answer(at, 'what are we waiting for?', TIM)).toContain('1 run waits')
    for (const words of [
      'what is late?',
      'is github down?',
      'how many finished this week?',
      'what did you do today?',
    ]) {
      expect(await answer(at, words, NED), words).toContain('You may not see how processes are going')
      expect(await answer(at, words, GUS), words).toContain('Guests may not')
    }
  })

  test('counts what ended and what started', async () => {
    await using at = await openHandlers()
    await at.begin()
    at.script.plan('mail', refusing)
    await at.begin({ email: 'ann@acme.example', name: 'Ann Other' })
    const tally = await answer(at, 'how many onboardings finished this week?')
    expect(tally).toMatch(/1 run ended, 2 started.*1 of 1 succeeded \(100%\).*Ended: Jane Doe/)
  })

  test('knows what is late, due and owed', async () => {
    await using at = await openHandlers()
    at.script.plan('mail', refusing)
    const run = await at.begin()
    const step = await at.step(run, 'mail')
    const actor = { kind: 'person', team: TIM.team, user: TIM.user } as const
    const decision = { kind: 'skip', step: step.key, stepVersion: step.version, reason: 'By hand.' } as const
    await at.engine.decide({ team: TIM.team, run: run.id, actor, decision })
    expect(await answer(at, 'what is owed?')).toMatch(
      /1 thing is still owed.*“Open the mailbox” was skipped and is owed by/,
    )
    expect(await answer(at, 'what is late?')).toContain('Nothing is late')
    await at.clock.advance(30 * DAY)
    expect(await answer(at, 'what is overdue?')).toMatch(/1 thing is late.*overdue since/)
  })

  test('knows how services are by its own looks, as /purser stats and the Home do', async () => {
    await using at = await openHandlers()
    expect(await answer(at, 'is Vendor down?')).toContain('not looked at yet')
    await at.engine.recover()
    await at.clock.advance(0)
    expect(await answer(at, 'is Vendor down?')).toContain('🟢 All are working')
    at.script.always('', unavailable())
    await at.clock.advance(60_000)
    expect(await answer(at, 'is Vendor down?')).toMatch(/Vendor · 🔴 down: vendor answered 503/)
    await at.slash('/purser', 'stats', OLGA)
    expect(at.surface.last().words).toMatch(/Services, by Purser’s looks and calls Vendor · 🔴 down/)
    const { services } = await homeModel(at.ports, OLGA, EVERYTHING)
    expect(services).toMatchObject([{ service: 'vendor', state: 'down', runs: [] }])
    expect(await answer(at, 'is Zoom down?')).toContain('Purser does not use “zoom”. It uses Vendor.')
  })

  test('says what can be started, to those who may', async () => {
    await using at = await openHandlers()
    await at.say('I would like to start an onboarding', OLGA)
    expect(at.surface.last().words).toContain('What would you like to start?')
    await at.say('I would like to start an onboarding', MAYA)
    expect(at.surface.last().words).not.toContain('What would you like to start?')
  })
})
