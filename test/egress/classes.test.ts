import { describe, expect, test } from 'vitest'
import { PermanentFailure, type PurserError, RetryLater, UnknownOutcome } from '../../src/domain/errors.ts'
import { StepKey } from '../../src/domain/ids.ts'
import type { LookFirstOperation } from '../../src/domain/operation.ts'
import type { CallScope } from '../../src/egress/scope.ts'
import { type OpenEgress, openEgress } from './open-egress.ts'
import { findThings, type Named, WRITES } from './operations.ts'
import type { Fault, Thing } from './vendor.ts'

const LOST: Fault = { kind: 'reset', after: true }
const sent = (at: OpenEgress) => at.vendor.received.map(({ method }) => method)
const failure = async (call: Promise<unknown>): Promise<unknown> => {
  try {
    return await call
  } catch (error) {
    return error
  }
}

/** A call from elsewhere: its key is another one. */
const inAnotherStep = (scope: CallScope): CallScope => ({
  ...scope,
  ...(scope.attempt ? { attempt: { ...scope.attempt, step: StepKey.parse('make-it-too') } } : {}),
})

describe('class L, neither keyed nor refused', () => {
  test('looks before the first write, and takes what is there', async () => {
    await using at = await openEgress()
    at.vendor.things.push({ id: 't0', name: 'Jane Doe' })
    expect(await at.call(await at.attempt(), WRITES.L)).toEqual({ id: 't0', name: 'Jane Doe' })
    expect(sent(at)).toEqual(['GET'])
    expect(at.summaries).toMatchObject([{ outcome: 'found', tries: 0, class: 'L' }])
  })

  test('looks after a lost answer, until its index must have it, before it writes again', async () => {
    await using at = await openEgress()
    at.vendor.faults.push({ kind: 'reset' })
    await at.call(await at.attempt(), WRITES.L)
    expect(sent(at)).toEqual(['GET', 'POST', 'GET', 'GET', 'GET', 'POST'])
    expect(at.clock.sleeps.slice(0, 2)).toEqual([2_000, 1_000])
    expect(at.vendor.things).toHaveLength(1)
  })

  test('is looked for, until the index must have it, where a call that belongs to no run may have been sent before', async () => {
    await using at = await openEgress()
    const { attempt: _none, ...scope } = await at.attempt()
    const post = { ...WRITES.L, lookBeforeFirstWrite: false }
    const of = (earlierCalls: boolean): CallScope => ({
      ...scope,
      purpose: { key: 'card/board', run: null, step: null, earlierCalls },
    })
    await at.call(of(false), post)
    expect(sent(at)).toEqual(['POST'])
    expect(await at.call(of(true), post)).toEqual(at.vendor.things[0])
    expect(sent(at)).toEqual(['POST', 'GET'])
    at.vendor.things.length = 0
    await at.call(of(true), post)
    expect(sent(at).slice(2)).toEqual(['GET', 'GET', 'GET', 'POST'])
    expect(at.vendor.things).toHaveLength(1)
  })

  test('an endpoint whose searches lag longer is waited for longer', async () => {
    await using at = await openEgress({ endpoint: { indexLagMs: 7_000 } })
    at.vendor.faults.push({ kind: 'reset' })
    await at.call(await at.attempt(), WRITES.L)
    expect(at.clock.sleeps.slice(0, 4)).toEqual([2_000, 2_000, 2_000, 1_000])
  })

  test('is unknown, and never sent again, when the look after a lost answer cannot tell', async () => {
    await using at = await openEgress()
    at.vendor.faults.push(LOST)
    const cannotTell: LookFirstOperation<Named, Thing> = {
      ...WRITES.L,
      lookBeforeFirstWrite: false,
      find: async () => ({ kind: 'cannot-tell', why: 'two of them have this name.' }),
    }
    const error = await failure(at.call(await at.attempt(), cannotTell))
    expect(error).toBeInstanceOf(UnknownOutcome)
    expect(error).toMatchObject({ code: 'cannot-tell', message: expect.stringContaining('two of them') })
    expect(at.vendor.writes()).toHaveLength(1)
    expect(at.summaries).toMatchObject([{ outcome: 'unknown', tries: 1 }])
    expect(await failure(at.call(await at.attempt(), cannotTell))).toBeInstanceOf(UnknownOutcome)
    expect(at.vendor.writes()).toHaveLength(1)
  })

  test('is unknown when the look itself fails after a lost answer, and looks again at the next attempt', async () => {
    await using at = await openEgress()
    at.vendor.faults.push(LOST)
    at.vendor.lookFaults.push(...Array<Fault>(4).fill({ kind: 'status', status: 503 }))
    const operation = { ...WRITES.L, lookBeforeFirstWrite: false }
    expect(await failure(at.call(await at.attempt(), operation))).toBeInstanceOf(UnknownOutcome)
    expect(at.vendor.fired()).toBe(5)
    expect(await at.call(await at.attempt(), operation)).toEqual({ id: 't1', name: 'Jane Doe' })
    expect(at.vendor.things).toHaveLength(1)
  })

  test('a look that fails before anything was sent leaves nothing unknown, and is not repeated twice over', async () => {
    await using at = await openEgress()
    at.vendor.lookFaults.push(...Array<Fault>(20).fill({ kind: 'status', status: 503 }))
    expect(await failure(at.call(await at.attempt(), WRITES.L))).toBeInstanceOf(RetryLater)
    expect(sent(at)).toEqual(['GET', 'GET', 'GET', 'GET'])
    expect(at.summaries).toMatchObject([{ outcome: 'not-sent' }])
  })

  test('credentials that cannot be had leave nothing unknown: the write never left', async () => {
    const plain = { ...WRITES.L, lookBeforeFirstWrite: false }
    const anonymousLook = { ...findThings, anonymous: true }
    await using at = await openEgress({
      endpoint: {
        authorize: async (_, look) => {
          await look(anonymousLook, { name: 'token' })
        },
      },
    })
    at.vendor.lookFaults.push(...Array<Fault>(4).fill({ kind: 'status', status: 500 }))
    const error = await failure(at.call(await at.attempt(), plain))
    expect(error).toBeInstanceOf(RetryLater)
    expect(at.vendor.writes()).toHaveLength(0)
    expect(at.summaries).toMatchObject([{ outcome: 'not-sent' }])
  })

  test('two runs that look for the same thing take turns: one makes it, the other finds it', async () => {
    await using at = await openEgress()
    const scope = await at.attempt()
    const other = inAnotherStep(scope)
    const both = await Promise.all([at.call<Thing>(scope, WRITES.L), at.call<Thing>(other, WRITES.L)])
    expect(both.map((thing) => thing.id)).toEqual(['t1', 't1'])
    expect(sent(at)).toEqual(['GET', 'POST', 'GET'])
    expect(at.summaries.map(({ outcome }) => outcome)).toEqual(['done', 'found'])
    await Promise.all([at.call(scope, WRITES.L, 'John Smith'), at.call(scope, WRITES.L, 'Ann Other')])
    expect(at.vendor.things).toHaveLength(3)
  })
})

describe('class K, keyed', () => {
  test('sends the same key again, also in the next attempt, and another one after a person’s decision', async () => {
    await using at = await openEgress()
    at.vendor.faults.push(LOST)
    await at.call(await at.attempt(), WRITES.K)
    await at.call(await at.attempt(), WRITES.K)
    at.raiseGeneration(`-/vendor.${WRITES.K.name}`)
    await at.call(await at.attempt(), WRITES.K)
    const keys = at.vendor.writes().map(({ key }) => key)
    expect(keys).toHaveLength(4)
    expect(new Set(keys.slice(0, 3)).size).toBe(1)
    expect(keys[3]).not.toBe(keys[0])
    expect(at.vendor.things).toHaveLength(2)
  })

  test('keeps its key when a person found the effect of another call of the step absent', async () => {
    await using at = await openEgress()
    await at.call(await at.attempt(), WRITES.K)
    at.raiseGeneration(`-/vendor.${WRITES.L.name}`)
    await at.call(await at.attempt(), WRITES.K)
    expect(new Set(at.vendor.writes().map(({ key }) => key)).size).toBe(1)
    expect(at.vendor.things).toHaveLength(1)
  })

  test('does not send a key that the vendor may have forgotten, and says that a person has to look', async () => {
    await using at = await openEgress()
    at.vendor.faults.push(LOST)
    await at.call(await at.attempt(), WRITES.K)
    at.clock.leap(WRITES.K.keyLifetimeMs + 1)
    const before = at.vendor.writes().length
    expect(await failure(at.call(await at.attempt(), WRITES.K))).toBeInstanceOf(UnknownOutcome)
    expect(at.vendor.writes()).toHaveLength(before)
  })

  test('counts a key’s lifetime from its first use, also when it was sent again since', async () => {
    await using at = await openEgress()
    at.vendor.faults.push(LOST)
    await at.call(await at.attempt(), WRITES.K)
    at.clock.leap(WRITES.K.keyLifetimeMs - 3_600_000)
    await at.call(await at.attempt(), WRITES.K)
    at.clock.leap(2 * 3_600_000)
    const before = at.vendor.writes().length
    expect(await failure(at.call(await at.attempt(), WRITES.K))).toBeInstanceOf(UnknownOutcome)
    expect(at.vendor.writes()).toHaveLength(before)
  })

  test('looks instead, where it can', async () => {
    await using at = await openEgress()
    const operation = { ...WRITES.K, find: WRITES.L.find }
    await at.call(await at.attempt(), operation)
    at.clock.leap(WRITES.K.keyLifetimeMs + 1)
    expect(await at.call(await at.attempt(), operation)).toEqual({ id: 't1', name: 'Jane Doe' })
    expect(at.summaries.at(-1)).toMatchObject({ outcome: 'found' })
    expect(at.vendor.writes()).toHaveLength(1)
  })
})

describe('class C, refused a second time', () => {
  test('reads back what the vendor says is there: ours', async () => {
    await using at = await openEgress()
    at.vendor.faults.push(LOST)
    expect(await at.call(await at.attempt(), WRITES.C)).toEqual({ id: 't1', name: 'Jane Doe' })
    expect(sent(at)).toEqual(['POST', 'POST', 'GET'])
    expect(at.summaries).toMatchObject([{ outcome: 'found', tries: 2 }])
  })

  test('fails for good when it is somebody else’s, and is unknown when that cannot be told', async () => {
    await using at = await openEgress()
    at.vendor.things.push({ id: 't0', name: 'Jane Doe' })
    const theirs = { ...WRITES.C, readBack: async () => ({ kind: 'absent' as const }) }
    const error = await failure(at.call(await at.attempt(), theirs))
    expect(error).toBeInstanceOf(PermanentFailure)
    expect(error).toMatchObject({ code: 'exists-already', where: { status: 409 } })
    const unclear = { ...WRITES.C, readBack: async () => ({ kind: 'cannot-tell' as const, why: 'no rights.' }) }
    expect(await failure(at.call(await at.attempt(), unclear))).toBeInstanceOf(UnknownOutcome)
    expect(at.vendor.things).toHaveLength(1)
  })
})

test('class R: an answer that is not understood is not unknown, for nothing was done', async () => {
  await using at = await openEgress()
  at.vendor.lookFaults.push({ kind: 'wrong-type' })
  const error = await failure(at.call(await at.attempt(), findThings))
  expect(error).toBeInstanceOf(PermanentFailure)
  expect((error as PurserError).code).toBe('answer-not-understood')
})
