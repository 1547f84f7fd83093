import { describe, expect, it } from 'vitest'
import { TEAM } from '../support/test-ids.ts'
import { openSecondPath } from './open-second-path.ts'

const MINUTE = 60_000

describe('an alert that Slack does not take', () => {
  it('goes by e-mail and to PagerDuty within 60 s of the failure, is in the ledger before, and tells what the card tells', async () => {
    await using at = await openSecondPath()
    at.slackDown.begin()
    const run = await at.newRun()
    const failedAt = at.clock.now()
    const id = await at.mark(run, 'failure')
    await at.clock.advance(44_000)
    expect(at.mails).toEqual([])
    await at.clock.advance(7_000)
    expect(at.mails).toHaveLength(1)
    const [mail] = at.mails
    expect(mail?.subject).toContain('Jane Doe')
    expect(mail?.text).toContain('Mail answered 503.')
    expect(mail?.text).not.toMatch(/<!date|&amp;|&lt;/)
    expect(at.events).toMatchObject([
      { event_action: 'trigger', payload: { summary: mail?.subject, severity: 'error' } },
    ])
    expect(await at.card(id)).toMatchObject({ told: { key: at.events[0]?.dedup_key } })
    const [told] = await at.entries('alert.told')
    expect(told).toMatchObject({ run: run.id, facts: { card: 'failure', by: 'pagerduty+mail' } })
    expect((told?.at ?? 0) - failedAt).toBeLessThanOrEqual(MINUTE)
    const order = (await at.kinds()).reverse().filter((kind) => kind.startsWith('mail.') || kind === 'alert.told')
    expect(order).toEqual(['mail.intended', 'mail.accepted', 'alert.told'])
    expect(at.slackDown.count.struck).toBeGreaterThan(0)
  })

  it('goes there within 60 s of the failure also when its card is asked for only 45 s after it', async () => {
    await using at = await openSecondPath()
    at.slackDown.begin()
    const run = await at.newRun()
    const failedAt = at.clock.now()
    await at.clock.advance(44_900)
    await at.mark(run, 'failure')
    await at.clock.advance(15_100)
    expect(at.mails).toHaveLength(1)
    expect((await at.entries('alert.told'))[0]?.facts?.ms).toBeLessThanOrEqual(at.clock.now() - failedAt)
  })

  it('is told once in an hour without Slack, measured when Slack is back, and ended', async () => {
    await using at = await openSecondPath()
    at.slackDown.begin()
    const id = await at.mark(await at.newRun(), 'failure')
    await at.clock.advance(60 * MINUTE)
    expect(at.mails).toHaveLength(1)
    expect(at.events).toHaveLength(1)
    at.slackDown.end()
    await at.clock.advance(2 * MINUTE)
    expect(at.mails.map(({ answers }) => answers)).toEqual([undefined, at.mails[0]?.key])
    expect(at.mails[1]?.subject).toContain('1 alert is in Slack now')
    expect(at.events.map(({ event_action, dedup_key }) => [event_action, dedup_key])).toEqual([
      ['trigger', at.mails[0]?.key],
      ['resolve', at.mails[0]?.key],
    ])
    expect(await at.card(id)).toMatchObject({ told: null, late: { ms: expect.any(Number) } })
    const [accepted] = await at.entries('alert.accepted')
    expect(accepted?.facts).toMatchObject({ late: true })
    expect(accepted?.facts?.ms).toBeGreaterThan(60 * MINUTE)
    console.log(`Slack down for an hour: ${at.slackDown.count.struck} calls refused, 1 alert told, 1 ended`)
    expect(at.slackDown.count.struck).toBeGreaterThan(100)
  })

  it('does not wait for the minute of the message before it', async () => {
    await using at = await openSecondPath()
    at.slackDown.begin()
    for (let made = 0; made < 3; made++) {
      await at.mark(await at.newRun(), 'failure')
      await at.clock.advance(10_000)
    }
    await at.clock.advance(MINUTE)
    expect(at.mails).toHaveLength(3)
    const told = await at.entries('alert.told')
    expect(told).toHaveLength(3)
    for (const { facts } of told) expect(facts?.ms).toBeLessThanOrEqual(MINUTE)
    expect(at.slackDown.count.struck).toBeGreaterThan(0)
  })

  it('is a handful of messages in a storm of 200', async () => {
    await using at = await openSecondPath()
    at.slackDown.begin()
    for (let made = 0; made < 200; made++) {
      await at.mark(await at.newRun(), 'failure')
      if (made % 10 === 9) await at.clock.advance(3_000)
    }
    await at.clock.advance(3 * MINUTE)
    const told = (await at.store.entries({ team: TEAM, kinds: ['alert.told'] }, null, 1_000)).length
    expect(told).toBe(200)
    expect(at.mails.length).toBeLessThanOrEqual(6)
    expect(at.events.length).toBe(at.mails.length)
    const keys = at.mails.map(({ key }) => key)
    expect(new Set(keys).size).toBe(keys.length)
    at.slackDown.end()
    await at.clock.advance(10 * MINUTE)
    expect(at.events.filter(({ event_action }) => event_action === 'resolve')).toHaveLength(
      at.events.filter(({ event_action }) => event_action === 'trigger').length,
    )
    expect((await at.store.astrayCards(1_000)).filter((card) => card.told)).toEqual([])
    console.log(`storm of 200: ${at.mails.length} mails in all, ${at.slackDown.count.struck} refused calls`)
  })

  it('is not told when it was solved, nor when Slack took it in time', async () => {
    await using at = await openSecondPath()
    const taken = await at.newRun()
    await at.mark(taken, 'failure')
    await at.clock.advance(1_000)
    at.slackDown.begin()
    const run = await at.newRun()
    await at.mark(run, 'failure')
    await at.clock.advance(20_000)
    const [step] = run.steps
    if (!step) throw new Error('no step')
    at.runs.set(run.id, { ...run, steps: [{ ...step, status: 'running', failing: null } as typeof step] })
    await at.clock.advance(5 * MINUTE)
    expect(at.slackDown.count.struck).toBeGreaterThan(0)
    expect(at.mails).toEqual([])
    expect(await at.entries('alert.told')).toHaveLength(0)
  })

  it('is told as the same alert when Purser ended before it could note that it was told', async () => {
    await using at = await openSecondPath()
    at.slackDown.begin()
    const id = await at.mark(await at.newRun(), 'failure')
    await at.clock.advance(MINUTE)
    const card = await at.card(id)
    await at.store.commit({ at: at.clock.now(), entries: [], told: [{ team: TEAM, id, told: null }] })
    await at.restartPath()
    await at.clock.advance(MINUTE)
    expect(at.events.map(({ dedup_key }) => dedup_key)).toEqual([card?.told?.key, card?.told?.key])
  })

  it('is another alert when the same step fails again after Slack had taken the first', async () => {
    await using at = await openSecondPath()
    at.slackDown.begin()
    const run = await at.newRun()
    await at.mark(run, 'failure')
    await at.clock.advance(MINUTE)
    at.slackDown.end()
    await at.clock.advance(2 * MINUTE)
    at.slackDown.begin()
    const again = at.clock.now()
    const failure = { consequence: 'retry', code: 'http-500', message: 'Mail answered 500.', hint: 'Wait.' } as const
    const failing = { since: again, failure: { ...failure, service: null, operation: null, status: null } }
    const steps = run.steps.map((step) => ({ ...step, version: 2, at: again, failing }) as typeof step)
    at.runs.set(run.id, { ...run, version: 2, steps })
    await at.mark(run, 'failure')
    await at.clock.advance(MINUTE)
    const [first, ended, second] = at.events
    expect(at.events.map(({ event_action }) => event_action)).toEqual(['trigger', 'resolve', 'trigger'])
    expect(ended?.dedup_key).toBe(first?.dedup_key)
    expect(second?.dedup_key).not.toBe(first?.dedup_key)
    expect(new Set(at.mails.map(({ key }) => key)).size).toBe(3)
  })
})

describe('what goes wrong on the way of an alert', () => {
  it('is said on the other path, and raises no alert of its own', async () => {
    await using at = await openSecondPath()
    at.slackDown.begin()
    at.down.mail = true
    await at.mark(await at.newRun(), 'failure')
    await at.clock.advance(2 * MINUTE)
    expect(at.mails).toEqual([])
    expect(at.events.map(({ payload }) => payload?.custom_details.mail ?? null)).toEqual([
      null,
      expect.stringContaining('Nobody got this by e-mail: The mail server does not answer'),
    ])
    expect(await at.entries('alert.told')).toHaveLength(1)
    expect(await at.entries('mail.refused')).toHaveLength(1)
  })

  it('never multiplies: with every path broken for an hour there are few tries, no message and no new card', async () => {
    await using at = await openSecondPath()
    at.slackDown.begin()
    at.down.mail = true
    at.down.pagerDuty = true
    await at.mark(await at.newRun(), 'failure')
    const cards = (await at.store.staleCards(100)).length
    await at.clock.advance(60 * MINUTE)
    expect(at.mails).toEqual([])
    expect(at.down.struck).toBeGreaterThan(10)
    expect(at.down.struck).toBeLessThan(60)
    expect(await at.store.staleCards(100)).toHaveLength(cards)
    expect(at.trouble()).toContain('neither Slack nor the second path')
    const tries = at.down.struck
    at.down.mail = false
    await at.clock.advance(6 * MINUTE)
    expect(at.mails).toHaveLength(1)
    expect(at.mails[0]?.text).toContain('This went by e-mail alone: PagerDuty does not answer')
    expect(at.trouble()).toBeNull()
    console.log(`every path broken for an hour: ${tries} tries failed, no loop`)
  })

  it('leaves nothing unrecorded: with a full disk no mail leaves', async () => {
    await using at = await openSecondPath({ pagerDuty: false })
    at.slackDown.begin()
    await at.mark(await at.newRun(), 'failure')
    const { commit } = at.store
    let refused = 0
    at.store.commit = async () => {
      refused += 1
      throw new Error('SQLITE_FULL')
    }
    await at.clock.advance(3 * MINUTE)
    expect(at.mails).toEqual([])
    expect(refused).toBeGreaterThan(0)
    expect(at.trouble()).toContain('neither Slack nor the second path')
    at.store.commit = commit
    await at.clock.advance(MINUTE)
    expect(at.mails).toHaveLength(1)
  })
})
