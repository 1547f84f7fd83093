import { describe, expect, it } from 'vitest'
import { alertCardId } from '../../src/domain/card.ts'
import { TEAM } from '../support/test-ids.ts'
import { openSecondPath } from './open-second-path.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

type At = Awaited<ReturnType<typeof openSecondPath>>

let made = 0
/** So many more things of the same cause do not happen. */
const grow = (at: At, many = 1) =>
  at.alert({ settledAt: null, cases: Array.from({ length: many }, () => `case-${++made}`) })

/** Slack is out, one thing does not happen, and people were told of it. */
async function toldOfOne(options?: Parameters<typeof openSecondPath>[0]): Promise<At> {
  const at = await openSecondPath(options)
  at.slackDown.begin()
  await grow(at)
  await at.clock.advance(MINUTE)
  return at
}

/** So long passes in which nothing has to happen in between. */
async function pass(at: At, ms: number): Promise<void> {
  await at.clock.leap(ms - 20_000)
  await at.clock.advance(20_000)
}

const acts = (at: At) => at.events.map(({ event_action: action, dedup_key: key }) => ({ action, key }))

describe('an alert that grows while Slack takes nothing', () => {
  it('is told again when it has become ten times as much, and not before', async () => {
    await using at = await toldOfOne()
    expect(at.mails).toHaveLength(1)
    for (let more = 0; more < 8; more++) {
      await grow(at)
      await pass(at, 2 * MINUTE)
    }
    expect(at.mails).toHaveLength(1)
    await grow(at)
    await at.clock.advance(15_000)
    expect(at.mails).toHaveLength(2)
    expect(at.mails[1]?.text).toContain('10 things that came from outside cannot be used')
    expect(at.mails[1]?.text).toContain('you were told of one of these')
    await pass(at, 50 * MINUTE)
    expect(at.mails).toHaveLength(2)
    const told = await at.entries('alert.told')
    expect(told.map(({ facts }) => [facts?.things ?? 1, facts?.again ?? false])).toEqual([
      [10, true],
      [1, false],
    ])
    expect(at.slackDown.count.struck).toBeGreaterThan(0)
  })

  it('pages anew: what was open under the earlier key is ended, and both are when Slack takes the card', async () => {
    await using at = await toldOfOne()
    await grow(at, 20)
    await at.clock.advance(MINUTE)
    const [first, second] = [...new Set(acts(at).map(({ key }) => key))]
    expect(acts(at)).toEqual([
      { action: 'trigger', key: first },
      { action: 'resolve', key: first },
      { action: 'trigger', key: second },
    ])
    at.slackDown.end()
    await at.clock.advance(3 * MINUTE)
    expect(acts(at).slice(3)).toEqual([{ action: 'resolve', key: second }])
    expect(at.mails.at(-1)?.subject).toContain('in Slack now, or solved')
  })

  it('is told again an hour later, when it has grown by less, and never where it has not', async () => {
    await using at = await toldOfOne()
    await grow(at)
    await pass(at, 50 * MINUTE)
    expect(at.mails).toHaveLength(1)
    await pass(at, 12 * MINUTE)
    expect(at.mails).toHaveLength(2)
    await pass(at, 8 * HOUR)
    expect(at.mails).toHaveLength(2)
    await grow(at)
    await at.clock.advance(MINUTE)
    expect(at.mails).toHaveLength(3)
  })

  it('makes no storm of mails, however fast it grows and for however long', async () => {
    await using at = await toldOfOne()
    const hours = 3
    for (let times = 0; times < hours * 20; times++) {
      await grow(at, 24)
      await pass(at, 3 * MINUTE)
    }
    console.log(`a storm of ${hours * 20 * 24} things in three hours without Slack: ${at.mails.length} mails`)
    // One, three times ten, and one an hour.
    expect(at.mails.length).toBeLessThanOrEqual(1 + 3 + hours)
    expect(at.mails.length).toBeGreaterThanOrEqual(hours)
  })

  it('is told again by the message that was not noted, when the process ended there', async () => {
    await using at = await toldOfOne()
    const { commit } = at.store
    let died = 0
    at.store.commit = async (change) => {
      if (!change.told || died > 0) return await commit(change)
      died += 1
      throw new Error('the process ended here')
    }
    await grow(at, 20)
    await at.clock.advance(20_000)
    await at.restartPath()
    await pass(at, 2 * MINUTE)
    expect(died).toBe(1)
    at.errors.length = 0
    expect(new Set(at.mails.slice(1).map(({ key }) => key)).size).toBe(1)
    expect(await at.entries('alert.told')).toHaveLength(2)
    const open = new Set<string | undefined>()
    for (const { action, key } of acts(at)) {
      if (action === 'resolve') open.delete(key)
      else open.add(key)
    }
    expect(open.size).toBe(1)
  })

  it('is news again once Slack had taken it meanwhile', async () => {
    await using at = await toldOfOne()
    at.slackDown.end()
    await at.clock.advance(20_000)
    at.slackDown.begin()
    await grow(at)
    await at.clock.advance(MINUTE)
    expect(at.mails.filter(({ subject }) => !subject.includes('solved'))).toHaveLength(2)
    expect((await at.store.card(TEAM, alertCardId('a1')))?.told?.things).toBe(1)
  })
})

describe.each([
  ['on', HOUR],
  ['back', -HOUR],
])('while the clock is set %s by an hour', (_, by) => {
  it('an alert that Slack does not take is told within a minute all the same', async () => {
    await using at = await openSecondPath()
    at.slackDown.begin()
    await grow(at)
    await at.clock.advance(20_000)
    expect(at.mails).toHaveLength(0)
    at.clock.setBy(by)
    await at.clock.advance(15_000)
    expect(at.mails).toHaveLength(0)
    await at.clock.advance(25_000)
    expect(at.mails).toHaveLength(1)
    expect(at.trouble()).toBeNull()
  })

  it('a growth is neither told sooner by that nor lost', async () => {
    await using at = await toldOfOne()
    await grow(at)
    await at.clock.advance(MINUTE)
    at.clock.setBy(by)
    await pass(at, 50 * MINUTE)
    expect(at.mails).toHaveLength(1)
    await pass(at, 12 * MINUTE)
    expect(at.mails).toHaveLength(2)
    await grow(at, 20)
    await at.clock.advance(MINUTE)
    expect(at.mails).toHaveLength(3)
  })
})
