import { describe, expect, test } from 'vitest'
import { failureCardId } from '../../src/domain/card.ts'
import { RetryLater } from '../../src/domain/errors.ts'
import { StepKey } from '../../src/domain/ids.ts'
import { TEAM } from '../support/test-ids.ts'
import { settle } from '../support/turns.ts'
import { openEngine } from './open-engine.ts'
import { failingTries, onWire, refusing, unavailable, unclear } from './scripted-egress.ts'

const ACCOUNT = StepKey.parse('account')
const failureCards = (stale: readonly { kind: string }[]) => stale.filter(({ kind }) => kind === 'failure').length

describe('tries that fail', () => {
  test('are on a card 45 s after the first one, while they go on', async () => {
    await using at = await openEngine()
    at.script.plan('account', failingTries(at.clock.sleep))
    const run = await at.begin()
    const since = at.clock.now()
    expect(await at.step(run.id, 'account')).toMatchObject({ status: 'running', failing: { since }, alerted: false })
    await at.clock.advance(44_999)
    expect(failureCards(at.stale)).toBe(0)
    await at.clock.advance(1)
    expect(await at.step(run.id, 'account')).toMatchObject({ status: 'running', alerted: true })
    expect(at.stale.some(({ id, urgent }) => id === failureCardId(run.id, ACCOUNT) && urgent)).toBe(true)
  })

  test('are on a card in time also when the process was restarted in between', async () => {
    await using at = await openEngine()
    at.script.plan('account', failingTries(at.clock.sleep), failingTries(at.clock.sleep))
    const run = await at.begin()
    await at.clock.advance(30_000)
    await at.engine().stop()
    await at.crash()
    await at.clock.advance(14_999)
    expect(await at.step(run.id, 'account')).toMatchObject({ alerted: false })
    await at.clock.advance(1)
    expect(await at.step(run.id, 'account')).toMatchObject({ alerted: true })
  })

  test('are on a card in time also when attempt after attempt is over at once', async () => {
    await using at = await openEngine({ policy: { backOffMs: [20_000, 20_000, 20_000, 20_000] } })
    at.script.plan('account', ...Array.from({ length: 5 }, () => unavailable()))
    const run = await at.begin()
    await at.clock.advance(44_999)
    expect(await at.step(run.id, 'account')).toMatchObject({ attempts: 3, alerted: false })
    await at.clock.advance(1)
    expect(await at.step(run.id, 'account')).toMatchObject({ attempts: 3, alerted: true })
  })

  test('that end well before that never show a card', async () => {
    await using at = await openEngine()
    at.script.plan('account', async (scope) => {
      scope.onFailing?.({
        consequence: 'retry',
        code: 'x',
        message: 'x',
        hint: 'x',
        service: null,
        operation: null,
        status: null,
      })
      await at.clock.sleep(20_000)
      return { id: 'a' }
    })
    const run = await at.begin()
    await at.clock.advance(120_000)
    expect(failureCards(at.stale)).toBe(0)
    expect(await at.statuses(run.id)).toBe('succeeded succeeded succeeded succeeded')
  })
})

describe('a failed attempt', () => {
  test('is followed by the waits of the policy, and then by a person', async () => {
    await using at = await openEngine()
    at.script.plan('account', unavailable(), unavailable(), unavailable())
    const run = await at.begin()
    const began = at.clock.now()
    expect(await at.step(run.id, 'account')).toMatchObject({ status: 'backing-off', resumeAt: began + 60_000 })
    await at.clock.advance(59_999)
    expect(at.script.of('account')).toHaveLength(1)
    await at.clock.advance(1)
    expect(await at.step(run.id, 'account')).toMatchObject({ status: 'backing-off', resumeAt: began + 360_000 })
    await at.clock.advance(300_000)
    expect(await at.step(run.id, 'account')).toMatchObject({ status: 'failed', attempts: 3, alerted: true })
    expect((await at.run(run.id)).status).toBe('blocked')
    expect(await at.kinds(run.id)).toEqual(['run.started', 'step.backing-off', 'step.backing-off', 'step.failed'])
  })

  test('waits at least as long as the service asked for', async () => {
    await using at = await openEngine()
    at.script.plan('account', unavailable(600_000))
    const run = await at.begin()
    await at.clock.advance(599_999)
    expect(at.script.of('account')).toHaveLength(1)
    await at.clock.advance(1)
    expect(await at.statuses(run.id)).toBe('succeeded succeeded succeeded succeeded')
  })

  test('waits on through a restart and through a clock that was set back', async () => {
    await using at = await openEngine()
    at.script.plan('account', unavailable())
    const run = await at.begin()
    await at.clock.advance(30_000)
    await at.engine().stop()
    at.clock.setBy(-10_000)
    expect(await at.crash()).toBe(0)
    await at.clock.advance(39_999)
    expect(await at.statuses(run.id)).toBe('backing-off pending pending pending')
    await at.clock.advance(2_000)
    expect(await at.statuses(run.id)).toBe('succeeded succeeded succeeded succeeded')
    expect(at.script.of('account')[0]?.scope.attempt).toMatchObject({ earlierCalls: true })
  })

  test('that was refused for good, or whose outcome is unknown, is a person’s at once', async () => {
    await using at = await openEngine()
    at.script.plan('mail', refusing)
    at.script.plan('chat', unclear)
    const run = await at.begin()
    expect(await at.statuses(run.id)).toBe('succeeded failed unknown pending')
    expect(failureCards(at.stale)).toBe(2)
    expect(at.clock.waiting()).toBe(0)
  })

  test('that hangs is given up after its time, and what it still says changes nothing', async () => {
    await using at = await openEngine({ policy: { timeoutMs: 30_000, withinMs: 20_000 } })
    const hung = onWire()
    at.script.plan('account', hung.behaviour)
    const run = await at.begin()
    await at.clock.advance(30_000)
    const failure = { code: 'attempt-timed-out' }
    expect(await at.step(run.id, 'account')).toMatchObject({ status: 'backing-off', failing: { failure } })
    hung.answer('late')
    await settle()
    expect(await at.step(run.id, 'account')).toMatchObject({ status: 'backing-off' })
    await at.clock.advance(60_000)
    expect(await at.step(run.id, 'account')).toMatchObject({ status: 'succeeded', output: { id: 'account-2' } })
  })
})

describe('the end of the policy', () => {
  test('opens a ticket when it says so, once', async () => {
    await using at = await openEngine({ policy: { backOffMs: [], atTheEnd: 'escalate' } })
    at.script.plan('account', unavailable())
    const run = await at.begin()
    const escalation = { status: 'open', ticket: { key: 'OPS-1' } }
    expect(await at.step(run.id, 'account')).toMatchObject({ status: 'failed', escalation })
    expect(await at.kinds(run.id)).toEqual(['run.started', 'step.failed', 'escalation.opened'])
  })

  test('opens no second ticket where a person asked for one already', async () => {
    let tickets = 0
    const openTicket = async () => ({ key: `OPS-${++tickets}`, url: 'https://jira.example' })
    await using at = await openEngine({ policy: { backOffMs: [60_000], atTheEnd: 'escalate' }, openTicket })
    at.script.plan('account', unavailable(), unavailable())
    const run = await at.begin()
    await at.decide(run.id, 'escalate', 'account')
    await at.clock.advance(60_000)
    expect(await at.step(run.id, 'account')).toMatchObject({
      status: 'failed',
      escalation: { ticket: { key: 'OPS-1' } },
    })
    expect(tickets).toBe(1)
  })
})

describe('a result that cannot be written down', () => {
  const full = new RetryLater({ code: 'disk-full', message: 'The disk is full.', hint: 'Make room.' })

  test('is written as soon as there is room; the work is not done again', async () => {
    await using at = await openEngine()
    const account = onWire()
    at.script.plan('account', account.behaviour)
    const run = await at.begin()
    let refused = 0
    at.refuse.commit = () => (++refused <= 3 ? Promise.reject(full) : null)
    account.answer('a')
    await settle()
    expect(await at.step(run.id, 'account')).toMatchObject({ status: 'running' })
    await at.clock.advance(5_000)
    console.info(`a full disk: ${Math.min(refused, 3)} commits refused`)
    expect(refused).toBeGreaterThan(3)
    expect(await at.statuses(run.id)).toBe('succeeded succeeded succeeded succeeded')
    expect(at.script.of('account')).toHaveLength(1)
    expect(at.errors).toEqual([full, full, full])
  })

  test('that says that tries are failing is told again with the next failed try', async () => {
    await using at = await openEngine()
    at.script.plan('account', failingTries(at.clock.sleep))
    let refused = 0
    at.refuse.commit = (change) => (change.run?.kind === 'update' && ++refused === 1 ? Promise.reject(full) : null)
    const run = await at.begin()
    expect(await at.step(run.id, 'account')).toMatchObject({ failing: null })
    await at.clock.advance(20_000)
    expect(await at.step(run.id, 'account')).toMatchObject({ failing: { since: at.clock.now() } })
    expect(refused).toBeGreaterThanOrEqual(1)
  })

  test('leaves a start that was refused without a trace', async () => {
    await using at = await openEngine()
    at.refuse.commit = (change) => (change.run ? Promise.reject(full) : null)
    await expect(at.begin()).rejects.toBe(full)
    at.refuse.commit = null
    expect(await at.store.runs({ team: TEAM }, 10)).toEqual([])
    expect(at.script.calls).toEqual([])
    await at.begin()
  })
})
