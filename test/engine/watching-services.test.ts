import { describe, expect, test } from 'vitest'
import { PermanentFailure, RetryLater } from '../../src/domain/errors.ts'
import type { HoldOf } from '../../src/domain/hold.ts'
import type { RunId } from '../../src/domain/ids.ts'
import type { CallScope } from '../../src/egress/scope.ts'
import { JOHN, TEAM } from '../support/test-ids.ts'
import { unavailable } from './scripted-egress.ts'
import { down, openWatched, revoked } from './watched-vendor.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const where = { service: 'vendor', operation: 'thing.look', status: 503 }

/** The same, started. */
async function openStarted(answers: (scope: CallScope) => Promise<void> = async () => undefined) {
  const at = await openWatched(answers)
  await at.engine().recover()
  return at
}

describe('a service that is down while nothing runs', () => {
  test.each(['answers 503', 'does not answer'])('is told within 60 s, whenever it began, when it %s', async (how) => {
    let fired = 0
    for (let offset = 0; offset <= 31 * SECOND; offset += 2_500) {
      let isDown = false
      await using at = await openStarted(async (scope) => {
        if (!isDown) return
        if (how === 'does not answer') await at.clock.sleep(scope.tries.eachMs ?? 30 * SECOND)
        throw down()
      })
      await at.clock.advance(MINUTE + offset)
      expect(at.health()).toMatchObject({ state: 'up' })
      isDown = true
      const failedAt = at.clock.now()
      while (at.told() === 0) await at.clock.advance(500)
      expect(at.clock.now() - failedAt).toBeLessThan(55 * SECOND)
      expect(at.incident()).toMatchObject({
        ...{ status: 'open', cause: 'failing', scope: { service: 'vendor' } },
        lastProbe: { answered: false },
      })
      fired += at.struck()
    }
    expect(fired).toBeGreaterThanOrEqual(26)
  })

  test('is no incident when it fails once', async () => {
    let fails = 1
    await using at = await openStarted(async () => {
      if (fails-- > 0) throw down()
    })
    await at.clock.advance(SECOND)
    expect(at.health()).toMatchObject({ state: 'troubled' })
    await at.clock.advance(5 * MINUTE)
    expect(at.struck()).toBe(1)
    expect(at.health()).toMatchObject({ state: 'up' })
    expect(at.incident()).toBeNull()
  })

  test('is let go on when it answers, and so is what waited for it', async () => {
    let isDown = true
    await using at = await openStarted(async () => {
      if (isDown) throw down()
    })
    await at.clock.advance(10 * SECOND)
    const run = await at.begin()
    expect(await at.statuses(run.id)).toBe('held pending pending pending')
    await at.clock.advance(2 * MINUTE)
    expect(at.incident()).toMatchObject({ status: 'open', lastProbe: { answered: false } })
    isDown = false
    await at.clock.advance(MINUTE)
    expect(await at.statuses(run.id)).toBe('succeeded succeeded succeeded succeeded')
    await at.clock.advance(MINUTE)
    expect(at.incident()).toBeNull()
    expect(at.health()).toMatchObject({ state: 'up', detail: null })
  })

  test('is looked at all the same when the clock is set back by an hour', async () => {
    let isDown = false
    await using at = await openStarted(async () => {
      if (isDown) throw down()
    })
    await at.clock.advance(MINUTE)
    at.clock.setBy(-60 * MINUTE)
    isDown = true
    await at.clock.advance(MINUTE)
    expect(at.incident()).toMatchObject({ status: 'open' })
    at.clock.setBy(-60 * MINUTE)
    isDown = false
    await at.clock.advance(2 * MINUTE)
    expect(at.incident()).toBeNull()
  })
})

describe('what a look is answered', () => {
  test('tells refused credentials as such, not as a service that is down', async () => {
    const refused = new PermanentFailure({
      code: 'unauthorized',
      message: 'Vendor refused the credentials.',
      hint: 'Make a new token and set VENDOR_TOKEN.',
      where: { ...where, status: 401 },
    })
    await using at = await openStarted(async () => Promise.reject(refused))
    await at.clock.advance(MINUTE)
    expect(at.incident()).toMatchObject({ cause: 'credentials', failure: { hint: expect.stringContaining('TOKEN') } })
    expect(at.health()).toMatchObject({ state: 'down', detail: refused.message })
  })

  test('is no incident where this read alone is refused, and ends one that stands', async () => {
    const forbidden = new PermanentFailure({
      code: 'forbidden',
      message: 'No.',
      hint: 'Ask.',
      where: { ...where, status: 403 },
    })
    let isDown = false
    await using at = await openStarted(async () => Promise.reject(isDown ? down() : forbidden))
    await at.clock.advance(2 * MINUTE)
    expect(at.health()).toMatchObject({ state: 'troubled', detail: 'No.' })
    expect(at.incident()).toBeNull()
    expect(at.asked.length).toBeLessThan(6)
    isDown = true
    await at.clock.advance(MINUTE)
    expect(at.incident()).toMatchObject({ status: 'open' })
    isDown = false
    await at.clock.advance(2 * MINUTE)
    expect(at.incident()).toBeNull()
  })

  test('says nothing of the service where Purser could not ask', async () => {
    let isFull = false
    const full = new RetryLater({ code: 'disk-full', message: 'The disk is full.', hint: 'Make room.' })
    await using at = await openStarted(async () => {
      if (isFull) throw full
    })
    await at.clock.advance(MINUTE)
    isFull = true
    await at.clock.advance(10 * MINUTE)
    expect(at.struck()).toBeGreaterThan(5)
    expect(at.health()).toMatchObject({ state: 'up' })
    expect(at.incident()).toBeNull()
  })

  test('leaves it alone for as long as it asks', async () => {
    const quota = new RetryLater({
      code: 'rate-limited',
      message: 'No more calls for now.',
      hint: 'Wait.',
      where: { ...where, status: 429 },
      retryAfterMs: 3 * MINUTE,
    })
    await using at = await openStarted(async () => Promise.reject(quota))
    await at.clock.advance(20 * MINUTE)
    expect(at.incident()).toMatchObject({ cause: 'quota' })
    expect(at.struck()).toBeGreaterThan(5)
    const gaps = at.asked.slice(1).map((time, place) => time - (at.asked[place] ?? 0))
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(3 * MINUTE)
    const before = at.asked.length
    await at.decide('probe')
    await at.clock.advance(SECOND)
    expect(at.asked).toHaveLength(before + 1)
  })

  test('is not asked for while steps show that the service works', async () => {
    await using at = await openStarted()
    at.script.always('account', async (scope) => {
      const call = {
        service: 'vendor',
        operation: 'thing.make',
        title: 'make the thing',
        class: 'R',
        outcome: 'done',
      } as const
      scope.onCall?.({ ...call, tries: 1, at: at.clock.now() })
      return { id: 'made' }
    })
    await at.clock.advance(0)
    for (let n = 0; n < 20; n++) {
      await at.begin({ email: `person${n}@acme.example` }, `V${n}`)
      await at.clock.advance(10 * SECOND)
    }
    expect(at.asked).toHaveLength(1)
  })
})

describe('one run that fails while its service is down', () => {
  test('is told by its failure card alone, and by an incident when it lasts', async () => {
    await using at = await openStarted(async () => Promise.reject(down()))
    at.script.always('account', unavailable())
    const run = await at.begin()
    await at.clock.advance(4 * MINUTE)
    expect(at.struck()).toBeGreaterThan(5)
    expect(at.incident()).toBeNull()
    expect(await at.step(run.id, 'account')).toMatchObject({ status: 'backing-off', alerted: true })
    expect(at.health()).toMatchObject({ state: 'down' })
    await at.clock.advance(20 * MINUTE)
    expect(at.incident()).toMatchObject({ status: 'open' })
    expect(await at.step(run.id, 'account')).toMatchObject({ status: 'held', why: 'incident', alerted: true })
  })

  test('opens the incident with a second one', async () => {
    await using at = await openStarted(async () => Promise.reject(down()))
    at.script.always('account', unavailable())
    await at.begin()
    await at.clock.advance(MINUTE)
    expect(at.incident()).toBeNull()
    await at.begin({ email: 'john@acme.example', name: 'John Smith' }, 'V2')
    await at.clock.advance(0)
    expect(at.incident()).toMatchObject({ status: 'open' })
    expect(await at.engine().holds.waiting(at.incident()?.id as HoldOf<'incident'>['id'])).toBe(2)
  })
})

describe('failure cards that stand', () => {
  test('go into the incident, back into it when one that is let go on fails again, and out of it when it is closed', async () => {
    await using at = await openStarted(async () => Promise.reject(revoked()))
    at.script.always('account', async () => Promise.reject(revoked()))
    const first = await at.begin()
    expect(await at.step(first.id, 'account')).toMatchObject({ status: 'failed', alerted: true })
    const second = await at.begin({ email: 'john@acme.example', name: 'John Smith' }, 'V2')
    const both = [first.id, second.id]
    const cards = () => both.map((run) => at.stale.filter((mark) => mark.kind === 'failure' && mark.run === run).length)
    const steps = async () => await Promise.all(both.map((run) => at.step(run, 'account')))
    await at.clock.advance(0)
    const held = { status: 'held', why: 'incident', alerted: true, failing: { failure: { code: 'unauthorized' } } }
    expect(await steps()).toMatchObject([held, held])
    const drawn = cards()
    await at.decide('release-one')
    await at.clock.advance(SECOND)
    expect(await steps()).toMatchObject([held, held])
    expect(at.script.of('account')).toHaveLength(3)
    expect(cards()[0]).toBeGreaterThan(drawn[0] ?? 0)
    await at.decide('close')
    await at.clock.advance(2 * MINUTE)
    const failed = { status: 'failed', alerted: true }
    expect(await steps()).toMatchObject([failed, failed])
    expect(at.incident()).toBeNull()
    expect(
      await at.engine().decide({ team: TEAM, run: first.id, actor: JOHN, decision: await skipOf(at, first.id) }),
    ).toMatchObject({ kind: 'decided' })
    expect(await at.step(first.id, 'account')).toMatchObject({ status: 'skipped' })
  })
})

const skipOf = async (at: Awaited<ReturnType<typeof openWatched>>, run: RunId) => {
  const { key, version } = await at.step(run, 'account')
  return { kind: 'skip', step: key, stepVersion: version, reason: 'Not to be done.' } as const
}

describe('Probe now', () => {
  test('looks at once, and once however many press it', async () => {
    let isSlow = false
    const { promise, resolve } = Promise.withResolvers<void>()
    await using at = await openStarted(async () => {
      if (isSlow) await promise
      throw down()
    })
    await at.clock.advance(3 * MINUTE)
    const before = at.asked.length
    isSlow = true
    const pressed = await Promise.all([at.decide('probe'), at.decide('probe', JOHN)])
    await at.clock.advance(0)
    await at.decide('probe')
    await at.clock.advance(SECOND)
    expect(pressed).toMatchObject([{ kind: 'done' }, { kind: 'done' }])
    expect(at.asked).toHaveLength(before + 1)
    resolve()
    await at.clock.advance(SECOND)
    expect(at.asked).toHaveLength(before + 1)
    expect(at.incident()?.nextProbe).toBeGreaterThan(at.clock.now() + 30 * SECOND)
  })
})

test('an outcome that is open in our own code is reported, and the look goes on', async () => {
  let isBroken = true
  await using at = await openStarted(async () => {
    if (isBroken) throw new TypeError('a fault of ours')
  })
  await at.clock.advance(SECOND)
  expect(at.errors).toHaveLength(1)
  isBroken = false
  await at.clock.advance(MINUTE)
  expect(at.health()).toMatchObject({ state: 'up' })
})
