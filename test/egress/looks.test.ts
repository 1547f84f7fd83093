import { expect, test } from 'vitest'
import type { CallScope } from '../../src/egress/scope.ts'
import { TEAM } from '../support/test-ids.ts'
import { openEgress } from './open-egress.ts'
import { WRITES } from './operations.ts'

type At = Awaited<ReturnType<typeof openEgress>>

/** As a look at a service is sent: one try, cut short, and of no run. */
const scopeOf = async (at: At): Promise<CallScope> => {
  const { attempt: _none, ...scope } = await at.attempt()
  const purpose = { key: 'probe/vendor', run: null, step: null, earlierCalls: false, bare: true }
  return { ...scope, purpose, tries: { tries: 1, withinMs: 10_000, firstDelayMs: 0, eachMs: 300 } }
}

const entriesOf = async (at: At) =>
  (await at.store.entries({ team: TEAM, services: ['vendor'] }, null, 10)).reverse().map(({ core }) => core)

test('a bare call is in the ledger before it leaves and its answer after, with a body only where all is not well', async () => {
  await using at = await openEgress()
  await at.call(await scopeOf(at), WRITES.U)
  at.vendor.faults.push({ kind: 'status', status: 403 })
  await expect(at.call(await scopeOf(at), WRITES.U)).rejects.toMatchObject({ consequence: 'permanent' })
  const entries = await entriesOf(at)
  expect(entries.map(({ kind, status, body }) => [kind, status, body !== undefined])).toEqual([
    ['call.intended', undefined, false],
    ['call.answered', 200, false],
    ['call.intended', undefined, false],
    ['call.answered', 403, true],
  ])
  for (const { url, operation, key } of entries) {
    expect({ url, operation }).toEqual({ url: `${at.vendor.url}/things/{name}`, operation: 'thing.put' })
    expect(key).toBe('probe/vendor/-/vendor.thing.put')
  }
})

test('a try is given up after the budget’s own time where that is shorter than the operation’s', async () => {
  await using at = await openEgress()
  at.vendor.faults.push({ kind: 'silence' })
  const sentAt = performance.now()
  await expect(at.call(await scopeOf(at), WRITES.U)).rejects.toMatchObject({ code: 'no-answer' })
  expect(performance.now() - sentAt).toBeLessThan(25_000)
  expect((await entriesOf(at)).map(({ kind }) => kind)).toEqual(['call.intended', 'call.unanswered'])
})
