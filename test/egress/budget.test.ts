import { describe, expect, test } from 'vitest'
import { PermanentFailure, RetryLater } from '../../src/domain/errors.ts'
import { type OpenEgress, openEgress } from './open-egress.ts'
import { WRITES } from './operations.ts'
import type { Fault } from './vendor.ts'

const failing = (times: number, headers?: Record<string, string>): Fault[] =>
  Array<Fault>(times).fill({ kind: 'status', status: headers ? 429 : 503, ...(headers ? { headers } : {}) })

/** Retries are over when this rejects; answers with the error. */
const giveUp = async (at: OpenEgress, how?: { startedAt?: number }): Promise<RetryLater> => {
  try {
    await at.call(await at.attempt(how), WRITES.U)
  } catch (error) {
    if (error instanceof RetryLater) return error
    throw error
  }
  throw new Error('it was done')
}

describe('the budget of a call', () => {
  test('is four tries, each wait twice the one before', async () => {
    await using at = await openEgress()
    at.vendor.faults.push(...failing(9))
    await giveUp(at)
    expect(at.vendor.writes()).toHaveLength(4)
    expect(at.clock.sleeps).toEqual([1_000, 2_000, 4_000])
    expect(at.failing[0]).toMatchObject({ code: 'http-503', consequence: 'retry', service: 'vendor', status: 503 })
  })

  test('is counted from the ledger: a restart does not renew it', async () => {
    await using at = await openEgress()
    at.vendor.faults.push(...failing(9))
    const startedAt = at.clock.now()
    const stop = new AbortController()
    const scope = await at.attempt({ startedAt, signal: stop.signal })
    at.vendor.hooks.onRequest = async () => {
      if (at.vendor.writes().length === 3) stop.abort(new Error('shutting down'))
    }
    await expect(at.call(scope, WRITES.U)).rejects.toThrow('shutting down')
    expect(at.vendor.writes()).toHaveLength(3)
    await giveUp(at, { startedAt })
    expect(at.vendor.writes()).toHaveLength(4)
    at.clock.leap(1)
    await giveUp(at)
    expect(at.vendor.writes()).toHaveLength(8)
  })

  test('ends after its time, whatever tries are left', async () => {
    await using at = await openEgress()
    at.vendor.faults.push(...failing(9))
    const startedAt = at.clock.now()
    at.clock.leap(88_500)
    await giveUp(at, { startedAt })
    expect(at.vendor.writes()).toHaveLength(2)
  })

  test('a refusal for good is not repeated', async () => {
    await using at = await openEgress()
    at.vendor.faults.push({ kind: 'status', status: 422 })
    await expect(at.call(await at.attempt(), WRITES.U)).rejects.toBeInstanceOf(PermanentFailure)
    expect(at.vendor.writes()).toHaveLength(1)
    expect(at.summaries).toMatchObject([{ outcome: 'failed', tries: 1 }])
  })

  test('a skip ends the waiting, and an answer that is on its way is still taken', async () => {
    await using at = await openEgress()
    const skip = new AbortController()
    at.vendor.faults.push(...failing(1))
    at.vendor.hooks.onRequest = async () => {
      if (at.vendor.writes().length === 1) skip.abort(new Error('skipped'))
    }
    const waiting = at.call(await at.attempt({ signal: skip.signal }), WRITES.U)
    await expect(waiting).rejects.toThrow('skipped')
    expect(at.vendor.writes()).toHaveLength(1)

    const late = new AbortController()
    at.vendor.hooks.onRequest = async () => late.abort(new Error('skipped'))
    const answered = at.call(await at.attempt({ signal: late.signal }), WRITES.U)
    expect(await answered).toEqual({ id: 't1', name: 'Jane Doe' })
    expect((await at.calls()).at(-1)?.core).toMatchObject({ kind: 'call.answered', status: 200 })
  })
})

describe('Retry-After', () => {
  const inSeconds = (at: OpenEgress, seconds: number) => new Date(at.clock.now() + seconds * 1_000).toUTCString()

  test('in seconds or as a date is never undercut', async () => {
    await using at = await openEgress()
    at.vendor.faults.push(...failing(1, { 'retry-after': '17' }), ...failing(1, { 'retry-after': inSeconds(at, 50) }))
    await at.call(await at.attempt(), WRITES.U)
    expect(at.clock.sleeps).toEqual([17_000, 33_000])
  })

  test('that is missing, past or nonsense leaves the usual wait', async () => {
    await using at = await openEgress()
    const headers = [{}, { 'retry-after': inSeconds(at, -60) }, { 'retry-after': 'soon' }]
    at.vendor.faults.push(...headers.flatMap((each) => failing(1, each)))
    await at.call(await at.attempt(), WRITES.U)
    expect(at.clock.sleeps).toEqual([1_000, 2_000, 4_000])
  })

  test('beyond the budget ends it at once, and says how long to wait', async () => {
    await using at = await openEgress()
    at.vendor.faults.push(...failing(9, { 'retry-after': '3600' }))
    expect((await giveUp(at)).retryAfterMs).toBe(3_600_000)
    expect(at.vendor.writes()).toHaveLength(1)
    expect(at.clock.sleeps).toEqual([])
  })

  test.each(['99999999999999999999', '9'.repeat(400), 'Fri, 31 Dec 9999 23:59:59 GMT'])(
    'that is absurd (%s) stays within what a date can say',
    async (text) => {
      await using at = await openEgress()
      at.vendor.faults.push(...failing(9, { 'retry-after': text }))
      const { retryAfterMs } = await giveUp(at)
      expect(retryAfterMs).toBeGreaterThan(30 * 86_400_000)
      expect(new Date(at.clock.now() + Number(retryAfterMs)).getFullYear()).toBeLessThan(2100)
      expect(at.vendor.writes()).toHaveLength(1)
    },
  )
})
