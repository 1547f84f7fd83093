import { afterAll, describe, expect, test } from 'vitest'
import { PurserError } from '../../src/domain/errors.ts'
import { type OpenEgress, openEgress } from './open-egress.ts'
import { WRITES } from './operations.ts'
import type { Fault, Thing } from './vendor.ts'

type Outcome = 'done' | 'unknown' | 'failed'
interface Case {
  name: string
  fault: Fault
  /** What each class comes to in the end. */
  end: Record<keyof typeof WRITES, Outcome>
}
const done = { U: 'done', K: 'done', C: 'done', L: 'done' } as const
/** An answer that nobody understands: only those that look can tell. */
const lookTells = { U: 'unknown', K: 'unknown', C: 'unknown', L: 'done' } as const

const CASES: Case[] = [
  { name: '503', fault: { kind: 'status', status: 503 }, end: done },
  { name: '429', fault: { kind: 'status', status: 429, headers: { 'retry-after': '7' } }, end: done },
  { name: '500 with nothing done', fault: { kind: 'status', status: 500 }, end: done },
  { name: '500 although it was done', fault: { kind: 'status', status: 500, after: true }, end: done },
  { name: '502 although it was done', fault: { kind: 'status', status: 502, after: true }, end: done },
  { name: '504 although it was done', fault: { kind: 'status', status: 504, after: true }, end: done },
  { name: 'a reset before', fault: { kind: 'reset' }, end: done },
  { name: 'a reset after it was done', fault: { kind: 'reset', after: true }, end: done },
  { name: 'a time-out', fault: { kind: 'silence' }, end: done },
  { name: 'a lost answer', fault: { kind: 'silence', after: true }, end: done },
  { name: 'an answer cut in the wire', fault: { kind: 'cut-body' }, end: done },
  { name: 'an answer that is too large', fault: { kind: 'huge' }, end: done },
  { name: 'an answer that drips', fault: { kind: 'drip' }, end: done },
  { name: 'two answers to one request', fault: { kind: 'twice' }, end: done },
  { name: 'cut JSON', fault: { kind: 'cut-json' }, end: lookTells },
  { name: 'a wrong content type', fault: { kind: 'wrong-type' }, end: lookTells },
  { name: 'our disk full when the answer comes', fault: { kind: 'our-disk' }, end: done },
]

const KINDS = Object.keys(WRITES) as (keyof typeof WRITES)[]

let fired = 0
afterAll(() => {
  console.info(`egress: ${fired} faults fired`)
  expect(fired).toBeGreaterThanOrEqual(CASES.length * KINDS.length * 2)
})

/** Calls as the engine does: attempt after attempt until it is done, unknown or refused for good. */
async function carryThrough(at: OpenEgress, kind: keyof typeof WRITES): Promise<{ end: Outcome; thing?: Thing }> {
  for (let attempt = 0; attempt < 3; attempt++) {
    const scope = await at.attempt({ earlierCalls: attempt > 0 })
    try {
      return { end: 'done', thing: await at.call<Thing>(scope, WRITES[kind]) }
    } catch (error) {
      if (!(error instanceof PurserError)) throw error
      if (error.consequence === 'unknown') return { end: 'unknown' }
      if (error.consequence !== 'retry') return { end: 'failed' }
      at.clock.leap(60_000)
    }
  }
  return { end: 'failed' }
}

async function strike(kind: keyof typeof WRITES, faults: readonly Fault[]) {
  await using at = await openEgress()
  at.vendor.hooks.onOurDisk = () => at.fillDisk(1)
  let unannounced = 0
  at.vendor.hooks.onRequest = async () => {
    const calls = await at.calls()
    const intents = calls.filter(({ core }) => core.kind === 'call.intended').length
    if (intents < at.vendor.received.length) unannounced += 1
  }
  at.vendor.faults.push(...faults)
  const { end, thing } = await carryThrough(at, kind)
  fired += at.vendor.fired()
  const intended = (await at.calls()).map(({ core }) => core.kind === 'call.intended')
  const unanswered = intended.filter(Boolean).length * 2 - intended.length
  return { end, thing, unannounced, unanswered, things: at.vendor.things, fired: at.vendor.fired() }
}

describe.each(CASES)('$name', ({ fault, end }) => {
  test('once or twice in a row leaves at most one thing, in every class', async () => {
    const strikes = [1, 2].flatMap((times) => KINDS.map((kind) => ({ kind, times })))
    const struck = await Promise.all(strikes.map(({ kind, times }) => strike(kind, Array<Fault>(times).fill(fault))))
    for (const [index, one] of struck.entries()) {
      const { kind, times } = strikes[index] ?? { kind: 'L', times: 0 }
      const which = `${kind}, ${times} times`
      expect(one.end, which).toBe(end[kind])
      expect(one.things.length, which).toBeLessThanOrEqual(1)
      expect(one.fired, which).toBeGreaterThanOrEqual(1)
      expect(one.unannounced, `${which}: requests whose intent was not on disk`).toBe(0)
      expect(one.unanswered, `${which}: intents without an outcome`).toBe(fault.kind === 'our-disk' ? one.fired : 0)
      if (one.end === 'done') expect(one.thing, which).toEqual({ id: 't1', name: 'Jane Doe' })
    }
  })
})

test.each(['U', 'C', 'L'] as const)(
  'an answer that nobody asked for is not taken for that to the next request: %s',
  async (kind) => {
    await using at = await openEgress()
    at.vendor.faults.push({ kind: 'twice' })
    const made = []
    for (const name of ['Jane Doe', 'John Roe', 'Mona Lee']) {
      made.push(await at.call<Thing>(await at.attempt({ earlierCalls: false }), WRITES[kind], name))
    }
    fired += at.vendor.fired()
    expect(made.map(({ name }) => name)).toEqual(['Jane Doe', 'John Roe', 'Mona Lee'])
    expect(at.vendor.things).toEqual(made)
  },
)
