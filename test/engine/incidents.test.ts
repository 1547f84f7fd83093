import { describe, expect, test } from 'vitest'
import { RetryLater } from '../../src/domain/errors.ts'
import type { Hold, HoldDecisionKind } from '../../src/domain/hold.ts'
import type { Run } from '../../src/domain/run.ts'
import { JANE, JOHN, TEAM } from '../support/test-ids.ts'
import { settle } from '../support/turns.ts'
import { openEngine } from './open-engine.ts'
import { failingTries, onWire, refusing, unavailable } from './scripted-egress.ts'

type At = Awaited<ReturnType<typeof openEngine>>

/** Two failing runs are an incident, and what it held goes on one a second. */
const incidents = { steps: 3, runs: 2, releasePerMinute: 60 }

const failureOf = (service: string) =>
  new RetryLater({
    code: 'http-503',
    message: `${service} answered 503.`,
    hint: 'Wait.',
    where: { service, operation: 'thing.make', status: 503 },
    retryAfterMs: null,
  })

const person = (n: number) => ({ email: `person${n}@acme.example`, name: `Person ${n}` })

const beginMany = async (at: At, many: number, from = 0): Promise<Run[]> => {
  const runs: Run[] = []
  for (let n = from; n < from + many; n++) runs.push(await at.begin(person(n), `V${n}`))
  return runs
}

const statusOf = async (at: At, runs: readonly Run[]) =>
  await Promise.all(runs.map(async ({ id }) => (await at.step(id, 'account')).status))

const incidentIn = (at: At): Extract<Hold, { kind: 'incident' }> => {
  const [hold, ...others] = at.engine().holds.standing(TEAM)
  if (hold?.kind !== 'incident' || others.length > 0) throw new Error('there is not exactly one incident')
  return hold
}

const decide = (at: At, hold: Hold, kind: HoldDecisionKind, by = JANE) =>
  at.engine().holds.decide({ team: TEAM, hold: hold.id, kind, by, reason: 'as agreed' })

const opened = async (at: At) =>
  (await at.store.entries({ team: TEAM, kinds: ['hold.opened'] }, null, 100)).map(({ core }) => core)

/** Two runs fail for the service's sake; those that begin after them wait without having asked it. */
const openIncident = async (at: At, many = 2) => {
  at.script.plan('account', unavailable(), unavailable())
  const runs = await beginMany(at, many)
  await at.clock.advance(0)
  return { runs, hold: incidentIn(at) }
}

describe('many failures of one cause', () => {
  test('at the same moment open one incident, and the steps wait for it', async () => {
    await using at = await openEngine({ incidents })
    const calls = [onWire(), onWire()]
    at.script.plan('account', ...calls.map(({ behaviour }) => behaviour))
    const runs = await beginMany(at, 2)
    for (const call of calls) call.fail(failureOf('vendor'))
    await at.clock.advance(0)
    expect(incidentIn(at)).toMatchObject({ status: 'open', cause: 'failing', scope: { service: 'vendor' } })
    expect(await opened(at)).toHaveLength(1)
    expect(await statusOf(at, runs)).toEqual(['held', 'held'])
    expect(await at.step(runs[0]?.id as Run['id'], 'account')).toMatchObject({
      why: 'incident',
      hold: incidentIn(at).id,
    })
  })

  test('200 in a minute are one incident that counts each of them', async () => {
    await using at = await openEngine({ incidents })
    const calls = Array.from({ length: 200 }, () => onWire())
    at.script.plan('account', ...calls.map(({ behaviour }) => behaviour))
    const runs = await beginMany(at, 200)
    let struck = 0
    for (const call of calls) {
      call.fail(failureOf('vendor'))
      struck += 1
      await at.clock.advance(250)
    }
    expect(struck).toBe(200)
    const hold = incidentIn(at)
    expect(await opened(at)).toHaveLength(1)
    expect(await at.engine().holds.waiting(hold.id)).toBe(200)
    const told = (await at.store.entries({ team: TEAM, kinds: ['step.held'] }, null, 500)).map(({ core }) => core)
    expect(new Set(told.flatMap(({ run, facts }) => (facts?.hold === hold.id ? [run] : []))).size).toBe(200)
    expect(new Set(await statusOf(at, runs))).toEqual(new Set(['held']))
    expect(at.errors).toEqual([])
  })

  test('of twenty services are twenty incidents', async () => {
    await using at = await openEngine({ incidents })
    const services = Array.from({ length: 20 }, (_, n) => `vendor-${n}`)
    const failing = (service: string) => async () => {
      throw failureOf(service)
    }
    at.script.plan('account', ...services.flatMap((service) => [failing(service), failing(service)]))
    await beginMany(at, 40)
    await at.clock.advance(0)
    const scopes = at
      .engine()
      .holds.standing(TEAM)
      .map(({ scope }) => (scope.of === 'service' ? scope.service : ''))
    expect(scopes.sort()).toEqual(services.sort())
    expect(await opened(at)).toHaveLength(20)
  })

  test('is seen within 60 s also while the tries of an attempt still go on', async () => {
    await using at = await openEngine({ incidents })
    const failing = failingTries((ms, signal) => at.clock.sleep(ms, signal))
    at.script.plan('account', failing, failing)
    await beginMany(at, 2)
    await at.clock.advance(9_000)
    expect(at.engine().holds.standing(TEAM)).toEqual([])
    await at.clock.advance(2_000)
    expect(incidentIn(at)).toMatchObject({ status: 'open' })
  })

  test('is none where the service refuses single records, however many', async () => {
    await using at = await openEngine({ incidents })
    at.script.plan('account', ...Array.from({ length: 20 }, () => refusing))
    const runs = await beginMany(at, 20)
    await at.clock.advance(60_000)
    expect(at.engine().holds.standing(TEAM)).toEqual([])
    expect(new Set(await statusOf(at, runs))).toEqual(new Set(['failed']))
  })

  test('is none where one run fails alone', async () => {
    await using at = await openEngine({ incidents })
    at.script.plan('account', unavailable())
    await beginMany(at, 3)
    await at.clock.advance(60_000)
    expect(at.engine().holds.standing(TEAM)).toEqual([])
  })
})

describe('the end of an incident', () => {
  test('lets what waits go on at the rate, and is over once nothing has failed for a while', async () => {
    await using at = await openEngine({ incidents })
    const { runs, hold } = await openIncident(at, 3)
    await decide(at, hold, 'release-all')
    await at.clock.advance(0)
    expect(await statusOf(at, runs)).toEqual(['succeeded', 'held', 'held'])
    await at.clock.advance(1_000)
    expect(await statusOf(at, runs)).toEqual(['succeeded', 'succeeded', 'held'])
    await at.clock.advance(1_000)
    expect(await statusOf(at, runs)).toEqual(['succeeded', 'succeeded', 'succeeded'])
    expect(incidentIn(at)).toMatchObject({ status: 'releasing' })
    await at.clock.advance(60_000)
    expect(at.engine().holds.standing(TEAM)).toEqual([])
  })

  test('is none when what goes on fails again: the gate closes, and nobody else is let through', async () => {
    await using at = await openEngine({ incidents })
    const { runs, hold } = await openIncident(at, 3)
    at.script.plan('account', unavailable())
    await decide(at, hold, 'release-all')
    await at.clock.advance(60_000)
    expect(incidentIn(at)).toMatchObject({ id: hold.id, status: 'open', reopened: 1 })
    expect(await statusOf(at, runs)).toEqual(['held', 'held', 'held'])
    await decide(at, hold, 'release-all')
    await at.clock.advance(90_000)
    expect(await statusOf(at, runs)).toEqual(['succeeded', 'succeeded', 'succeeded'])
    expect(await opened(at)).toHaveLength(1)
  })

  test('lets the oldest run go on after each click, up to where it meets the service again', async () => {
    await using at = await openEngine({ incidents })
    const { runs, hold } = await openIncident(at, 3)
    const [first] = runs
    if (!first) throw new Error('no run')
    await decide(at, hold, 'release-one')
    await at.clock.advance(60_000)
    expect(await at.statuses(first.id)).toBe('succeeded held held pending')
    await decide(at, hold, 'release-one', JOHN)
    await at.clock.advance(60_000)
    expect(await at.statuses(first.id)).toBe('succeeded succeeded succeeded held')
    expect(await statusOf(at, runs)).toEqual(['succeeded', 'held', 'held'])
    expect(incidentIn(at)).toMatchObject({ status: 'open', oneByOne: 0 })
  })

  test('has what goes on look for what its earlier tries may have done', async () => {
    await using at = await openEngine({ incidents })
    const { hold } = await openIncident(at, 3)
    await decide(at, hold, 'release-all')
    await at.clock.advance(60_000)
    const calls = at.script.of('account').map(({ scope }) => scope.attempt?.earlierCalls)
    // Two failed before it, and go on; the third had asked nobody yet.
    expect(calls).toEqual([false, false, true, true, false])
  })

  test('accounts for the one that a click lets go on, whatever else comes to its run at the same moment', async () => {
    for (let turns = 0; turns < 14; turns++) {
      await using at = await openEngine({ incidents })
      const { runs, hold } = await openIncident(at)
      const [first] = runs
      if (!first) throw new Error('no run')
      const one = decide(at, hold, 'release-one')
      await settle(turns)
      const pause = { kind: 'pause', reason: 'wait', until: null } as const
      const paused = at.engine().decide({ team: TEAM, run: first.id, actor: JANE, decision: pause })
      await Promise.all([one, paused])
      await at.clock.advance(1_000)
      const row = await at.store.hold(TEAM, hold.id)
      expect(row?.version, `${turns} turns apart`).toBe(incidentIn(at).version)
      expect(incidentIn(at)).toMatchObject({ status: 'open', oneByOne: 0 })
    }
  })

  test('lets one go on after a restart too, when somebody has pressed that and Purser died before it did', async () => {
    await using at = await openEngine({ incidents })
    const { runs, hold } = await openIncident(at)
    at.refuse.commit = ({ run }) => (run ? new Promise(() => {}) : null)
    await decide(at, hold, 'release-one')
    await at.clock.advance(1_000)
    expect(await at.store.hold(TEAM, hold.id)).toMatchObject({ status: 'open' })
    at.refuse.commit = null
    await at.kill()
    await at.clock.advance(1_000)
    expect(await statusOf(at, runs)).toEqual(['succeeded', 'held'])
    expect(incidentIn(at)).toMatchObject({ status: 'open', oneByOne: 0 })
  })

  test.each(['release-all', 'close', 'escalate'] as const)('is decided once by two who press %s', async (kind) => {
    await using at = await openEngine({ incidents })
    const { hold } = await openIncident(at)
    const answers = await Promise.all([decide(at, hold, kind), decide(at, hold, kind, JOHN)])
    expect(answers).toMatchObject([{ kind: 'done' }, { kind: 'too-late', by: { by: JANE, kind } }])
  })

  test('tells who is too late of the last who decided, whoever decided before', async () => {
    await using at = await openEngine({ incidents })
    const { hold } = await openIncident(at)
    await decide(at, hold, 'probe')
    await decide(at, hold, 'release-all', JOHN)
    expect(await decide(at, hold, 'release-all')).toMatchObject({
      kind: 'too-late',
      by: { by: JOHN, kind: 'release-all' },
    })
  })

  test('has its card drawn at once when it comes back, as when it was opened', async () => {
    await using at = await openEngine({ incidents })
    const { hold } = await openIncident(at)
    at.script.plan('account', unavailable(), unavailable())
    at.stale.length = 0
    await decide(at, hold, 'release-all')
    at.stale.length = 0
    await at.clock.advance(10_000)
    expect(incidentIn(at)).toMatchObject({ status: 'open', reopened: 1 })
    expect(at.stale.filter(({ kind, urgent }) => kind === 'hold' && urgent)).not.toEqual([])
  })

  test('lets a run go on later that could not be written, and then ends', async () => {
    await using at = await openEngine({ incidents })
    const { runs, hold } = await openIncident(at)
    const [stuck] = runs
    let refused = 0
    at.refuse.commit = ({ run }) => {
      if (run?.run.id !== stuck?.id) return null
      refused += 1
      return Promise.reject(new Error('not now'))
    }
    await decide(at, hold, 'release-all')
    await at.clock.advance(40_000)
    expect(await statusOf(at, runs)).toEqual(['held', 'succeeded'])
    expect(refused, 'it rests between two tries').toBeLessThan(4)
    at.refuse.commit = null
    await at.clock.advance(120_000)
    expect(refused).toBeGreaterThan(0)
    expect(await statusOf(at, runs)).toEqual(['succeeded', 'succeeded'])
    expect(at.engine().holds.standing(TEAM)).toEqual([])
  })

  test('goes on where it was when Purser is restarted in the midst of it', async () => {
    await using at = await openEngine({ incidents })
    const { runs, hold } = await openIncident(at, 4)
    await decide(at, hold, 'release-all')
    await at.clock.advance(1_000)
    expect(await statusOf(at, runs)).toEqual(['succeeded', 'succeeded', 'held', 'held'])
    await at.kill()
    await at.clock.advance(60_000)
    expect(await statusOf(at, runs)).toEqual(['succeeded', 'succeeded', 'succeeded', 'succeeded'])
    expect(at.script.of('account')).toHaveLength(2)
    expect(at.engine().holds.standing(TEAM)).toEqual([])
  })
})
