import { describe, expect, test } from 'vitest'
import { TEAM } from '../support/test-ids.ts'
import { POLICY } from '../support/test-rules.ts'
import { settle } from '../support/turns.ts'
import { openEngine } from './open-engine.ts'
import { failingTries, onWire, refusing, unavailable } from './scripted-egress.ts'

describe('a process that is gone', () => {
  test('loses no attempt: it goes on under another name, within the same budget', async () => {
    await using at = await openEngine()
    at.script.plan('account', onWire().behaviour)
    const run = await at.begin()
    const before = await at.step(run.id, 'account')
    await at.clock.advance(5_000)
    expect(await at.crash()).toBe(1)
    const [call] = at.script.of('account')
    expect(call?.scope.attempt).toMatchObject({ startedAt: run.startedAt, earlierCalls: true, generations: {} })
    expect(call?.attempt).not.toBe('attempt' in before ? before.attempt : null)
    expect(await at.step(run.id, 'account')).toMatchObject({ status: 'succeeded', attempts: 1 })
    expect((await at.kinds(run.id)).slice(0, 3)).toEqual(['run.started', 'attempt.lost', 'step.succeeded'])
  })

  test('and whose old attempt answers all the same, changes nothing and loses nothing', async () => {
    await using at = await openEngine()
    const [old, fresh] = [onWire(), onWire()]
    at.script.plan('account', old.behaviour, fresh.behaviour)
    const run = await at.begin()
    await at.crash()
    old.answer('old')
    await settle()
    expect(await at.step(run.id, 'account')).toMatchObject({ status: 'running' })
    expect(await at.kinds(run.id)).toEqual(['run.started', 'attempt.lost', 'step.late-answer'])
    fresh.answer('fresh')
    await settle()
    expect(await at.step(run.id, 'account')).toMatchObject({ output: { id: 'fresh' } })
    expect(await at.statuses(run.id)).toBe('succeeded succeeded succeeded succeeded')
    expect(at.errors).toEqual([])
  })

  test('is taken up run by run: one that cannot be read holds up none of the others, and is told', async () => {
    await using at = await openEngine()
    at.script.plan('account', onWire().behaviour, onWire().behaviour)
    const broken = await at.begin()
    const sound = await at.begin({ email: 'john@acme.example', name: 'John Smith' }, 'V2')
    const row = await at.store.run(TEAM, broken.id)
    if (!row) throw new Error('no row')
    const spoilt = { ...row, version: row.version + 1, sealed: Buffer.from('spoilt') }
    await at.store.commit({ at: 0, entries: [], run: { kind: 'update', run: spoilt, expected: row.version } })
    await at.crash()
    expect(at.errors).toHaveLength(1)
    expect(await at.statuses(sound.id)).toBe('succeeded succeeded succeeded succeeded')
  })

  test('leaves what waits for a person or a time as it was', async () => {
    await using at = await openEngine()
    at.script.plan('mail', refusing)
    at.script.plan('chat', unavailable())
    const run = await at.begin()
    const before = await at.run(run.id)
    expect(await at.crash()).toBe(0)
    expect(await at.run(run.id)).toEqual(before)
    await at.decide(run.id, 'retry', 'mail')
    expect(await at.statuses(run.id)).toBe('succeeded succeeded backing-off pending')
    await at.clock.advance(60_000)
    expect(await at.statuses(run.id)).toBe('succeeded succeeded succeeded succeeded')
  })

  test('opens the ticket that it was opening, and only looks for what it may have made', async () => {
    const asked: boolean[] = []
    let hang = true
    await using at = await openEngine({
      openTicket: async (call, { step }) => {
        await call({} as never, {})
        asked.push(step.escalation?.status === 'opening')
        if (hang) await new Promise(() => undefined)
        return { key: 'OPS-1', url: 'https://jira.example/OPS-1' }
      },
    })
    at.script.plan('mail', refusing)
    const run = await at.begin()
    await at.decide(run.id, 'escalate', 'mail')
    hang = false
    expect(await at.crash()).toBe(1)
    expect(asked).toEqual([true, true])
    expect(at.script.of('mail')[0]?.scope).toMatchObject({ urgent: true, attempt: { earlierCalls: true } })
    expect(await at.step(run.id, 'mail')).toMatchObject({ escalation: { status: 'open' } })
  })
})

describe('after a restart', () => {
  test('a run that has ended still gets the ticket that it was opening', async () => {
    let hang = true
    await using at = await openEngine({
      openTicket: async () => {
        if (hang) await new Promise(() => undefined)
        return { key: 'OPS-1', url: 'https://jira.example/OPS-1' }
      },
    })
    at.script.plan('mail', refusing)
    const run = await at.begin()
    await at.decide(run.id, 'escalate', 'mail')
    await at.press(run.id, { kind: 'cancel' })
    hang = false
    expect(await at.crash()).toBe(1)
    expect(await at.step(run.id, 'mail')).toMatchObject({ status: 'cancelled', escalation: { status: 'open' } })
  })

  test('a run goes by the rules that it started with, whatever they are today', async () => {
    await using at = await openEngine()
    at.script.plan('mail', unavailable())
    const run = await at.begin()
    const patient = { ...at.rules.now, version: 2, policy: () => ({ ...POLICY, backOffMs: [7_200_000] }) }
    at.rules.now = patient
    await at.crash()
    at.script.plan('mail', unavailable())
    await at.clock.advance(60_000)
    const step = await at.step(run.id, 'mail')
    expect(step).toMatchObject({ status: 'backing-off', resumeAt: at.clock.now() + 300_000, attempts: 2 })
  })
})

describe('a stop', () => {
  test('ends waiting, lets what is on the wire finish and writes it down; the rest is the next start’s', async () => {
    await using at = await openEngine()
    const mail = onWire()
    at.script.plan('mail', mail.behaviour)
    at.script.plan('chat', failingTries(at.clock.sleep))
    const run = await at.begin()
    let stopped = false
    const stopping = at
      .engine()
      .stop()
      .then(() => {
        stopped = true
      })
    await settle()
    expect(stopped).toBe(false)
    mail.answer('just in time')
    await settle()
    await stopping
    expect(await at.statuses(run.id)).toBe('succeeded succeeded running pending')
    expect(at.clock.waiting()).toBe(0)

    expect(await at.crash()).toBe(1)
    expect(await at.statuses(run.id)).toBe('succeeded succeeded succeeded succeeded')
    expect(at.script.of('mail')).toHaveLength(0)
  })

  test('does not wait for ever for a service that hangs', async () => {
    await using at = await openEngine()
    at.script.plan('account', onWire().behaviour)
    const run = await at.begin()
    const stopping = at.engine().stop()
    await at.clock.advance(10_000)
    await stopping
    expect(await at.statuses(run.id)).toBe('running pending pending pending')
  })

  test('starts no new work', async () => {
    await using at = await openEngine()
    const account = onWire()
    at.script.plan('account', account.behaviour)
    const run = await at.begin()
    const stopping = at.engine().stop()
    account.answer('a')
    await stopping
    expect(await at.statuses(run.id)).toBe('succeeded running running pending')
    expect(at.script.calls).toHaveLength(1)
    expect(await at.crash()).toBe(2)
    expect(await at.statuses(run.id)).toBe('succeeded succeeded succeeded succeeded')
  })
})

describe('events of one run', () => {
  async function twoOnWire() {
    const at = await openEngine()
    const [mail, chat] = [onWire(), onWire()]
    at.script.plan('mail', mail.behaviour)
    at.script.plan('chat', chat.behaviour)
    const run = await at.begin()
    const { version } = await at.run(run.id)
    const versions: number[] = []
    at.refuse.commit = (change) => {
      if (change.run) versions.push(change.run.run.version - version)
      return null
    }
    return { at, mail, chat, run, versions, [Symbol.asyncDispose]: () => at[Symbol.asyncDispose]() }
  }

  test('are applied one after the other, in the order in which they came', async () => {
    await using two = await twoOnWire()
    two.mail.answer('m')
    await settle(3)
    two.chat.answer('c')
    await two.at.run(two.run.id)
    await settle()
    expect(two.versions).toEqual([1, 2, 3])
    expect(await two.at.statuses(two.run.id)).toBe('succeeded succeeded succeeded succeeded')
  })

  test('that come at once are one change, with the entries of each', async () => {
    await using two = await twoOnWire()
    two.mail.answer('m')
    two.chat.answer('c')
    await settle()
    expect(two.versions).toEqual([2, 3])
    expect((await two.at.kinds(two.run.id)).filter((kind) => kind === 'step.succeeded')).toHaveLength(4)
    expect(await two.at.statuses(two.run.id)).toBe('succeeded succeeded succeeded succeeded')
  })

  test('that come at once are written each alone when one of them cannot be', async () => {
    await using two = await twoOnWire()
    const refuse = two.at.refuse.commit
    let refused = 0
    two.at.refuse.commit = (change) => {
      const isChat = change.entries.some(({ core }) => core.kind === 'step.succeeded' && core.step === 'chat')
      if (!isChat || refused >= 2) return refuse?.(change) ?? null
      refused += 1
      return Promise.reject(new Error('not now'))
    }
    two.mail.answer('m')
    two.chat.answer('c')
    await settle()
    expect(refused).toBe(2)
    expect(two.at.errors).toHaveLength(1)
    expect(await two.at.statuses(two.run.id)).toBe('succeeded succeeded running pending')
    await two.at.clock.advance(1_000)
    expect(await two.at.statuses(two.run.id)).toBe('succeeded succeeded succeeded succeeded')
  })
})
