import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { createClaims } from '../../src/egress/claims.ts'
import { createLane } from '../../src/egress/lanes.ts'

const WIDE = { concurrency: 100, perInterval: 1_000, intervalMs: 1_000 }

/** A try that ends when it is told to. */
function heldTry() {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { send: () => promise, end: resolve }
}

describe('a lane', () => {
  test('never has more tries on the wire than the vendor allows', async () => {
    const lane = createLane({ ...WIDE, concurrency: 3 })
    let now = 0
    let most = 0
    const send = async () => {
      most = Math.max(most, ++now)
      await pause(2)
      now -= 1
    }
    await Promise.all(Array.from({ length: 20 }, (_, at) => lane.take(send, { urgent: false, now: at })))
    expect(most).toBe(3)
    expect(lane.waiting()).toBe(0)
  })

  test('keeps the rate over any stretch of time', async () => {
    const limits = { concurrency: 100, perInterval: 4, intervalMs: 100 }
    const lane = createLane(limits)
    const at: number[] = []
    const send = async () => {
      at.push(performance.now())
    }
    const some = (count: number) => Array.from({ length: count }, () => lane.take(send, { urgent: false, now: 0 }))
    await Promise.all(some(1))
    await pause(80)
    await Promise.all(some(11))
    for (const [index, time] of at.entries()) {
      const fourLater = at[index + limits.perInterval]
      if (fourLater !== undefined) expect(fourLater - time).toBeGreaterThanOrEqual(limits.intervalMs - 2)
    }
    expect(at).toHaveLength(12)
  })

  test('lets what somebody waits for overtake, by half a minute and no more, so that nothing starves', async () => {
    const lane = createLane({ ...WIDE, concurrency: 1 })
    const first = heldTry()
    const order: string[] = []
    const note = (name: string) => async () => {
      order.push(name)
    }
    const all = [
      lane.take(first.send, { urgent: false, now: 0 }),
      lane.take(note('machine at 0 s'), { urgent: false, now: 0 }),
      lane.take(note('machine at 20 s'), { urgent: false, now: 20_000 }),
      lane.take(note('person at 29 s'), { urgent: true, now: 29_000 }),
      lane.take(note('person at 31 s'), { urgent: true, now: 31_000 }),
    ]
    first.end()
    await Promise.all(all)
    expect(order).toEqual(['person at 29 s', 'machine at 0 s', 'person at 31 s', 'machine at 20 s'])
  })

  test('gives up a place in the queue when the signal comes, but not a try on the wire', async () => {
    const lane = createLane({ ...WIDE, concurrency: 1 })
    const running = heldTry()
    const signal = new AbortController()
    const turn = { urgent: false, now: 0, signal: signal.signal }
    const onWire = lane.take(() => running.send().then(() => 'answered'), turn)
    const waiting = lane.take(async () => 'never', turn)
    signal.abort(new Error('stop'))
    await expect(waiting).rejects.toThrow('stop')
    await expect(lane.take(async () => 'never', turn)).rejects.toThrow('stop')
    running.end()
    expect(await onWire).toBe('answered')
  })
})

describe('claims', () => {
  test('let one after the other have the same thing, in order, also after one that failed', async () => {
    const claims = createClaims()
    const order: string[] = []
    const first = heldTry()
    const all = [
      claims.hold('jane', () => first.send().then(() => order.push('first'))),
      claims.hold('jane', () => Promise.reject(new Error('second failed'))),
      claims.hold('jane', async () => order.push('third')),
      claims.hold('john', async () => order.push('somebody else')),
    ]
    await all[3]
    first.end()
    const ends = await Promise.allSettled(all)
    expect(order).toEqual(['somebody else', 'first', 'third'])
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled'])
  })
})
