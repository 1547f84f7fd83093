import { describe, expect, test } from 'vitest'
import { UnknownOutcome } from '../../src/domain/errors.ts'
import { openEgress } from './open-egress.ts'
import { WRITES } from './operations.ts'
import type { Fault } from './vendor.ts'

const REFUSED: Fault = { kind: 'status', status: 422 }
const LOST: Fault = { kind: 'reset', after: true }
const failure = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => null,
    (error: unknown) => error,
  )

describe('a request whose values were changed on the way', () => {
  test('goes out under a new key when the old one was refused', async () => {
    await using at = await openEgress()
    at.vendor.faults.push(REFUSED)
    await failure(at.call(await at.attempt(), WRITES.K, 'Jane Do'))
    await at.call(await at.attempt({ revised: true }), WRITES.K, 'Jane Doe')
    const keys = (await at.calls()).map(({ core }) => core.key)
    expect(new Set(keys).size).toBe(2)
    expect(at.vendor.things.map(({ name }) => name)).toEqual(['Jane Doe'])
    // The same values again, after a restart: the same key.
    await at.call(await at.attempt({ revised: true }), WRITES.K, 'Jane Doe')
    expect(new Set((await at.calls()).map(({ core }) => core.key)).size).toBe(2)
    expect(at.vendor.things).toHaveLength(1)
  })

  test.each(['K', 'C', 'L'] as const)(
    'is not sent in class %s while the old one may stand: a person says',
    async (kind) => {
      await using at = await openEgress()
      at.vendor.faults.push(LOST, LOST, LOST, LOST)
      const operation =
        kind === 'L'
          ? { ...WRITES.L, find: async () => ({ kind: 'cannot-tell' as const, why: 'x' }), lookBeforeFirstWrite: false }
          : WRITES[kind]
      await failure(at.call(await at.attempt(), operation, 'Jane Do'))
      at.vendor.faults.length = 0
      const made = at.vendor.things.length
      const writes = at.vendor.writes().length
      const error = await failure(at.call(await at.attempt({ revised: true }), operation, 'Jane Doe'))
      expect(error).toBeInstanceOf(UnknownOutcome)
      expect(error).toMatchObject({ code: 'changed-while-open', where: { generation: 0 } })
      expect(at.vendor.things).toHaveLength(made)
      expect(at.vendor.writes()).toHaveLength(writes)
      expect(made).toBe(1)
      // Somebody looked, and says that it is not there.
      at.raiseGeneration(`-/vendor.${operation.name}`)
      await at.call(await at.attempt({ revised: true }), WRITES[kind], 'Jane Doe')
      expect(at.vendor.things.map(({ name }) => name)).toContain('Jane Doe')
    },
  )

  test('may be sent in class U to the same place, and not to another', async () => {
    await using at = await openEgress()
    const put = {
      ...WRITES.U,
      request: ({ name }: { name: string }) => ({ method: 'PUT', path: '/things/jane', body: { name } }) as const,
    }
    at.vendor.faults.push(LOST, LOST, LOST, LOST)
    await failure(at.call(await at.attempt(), put, 'Jane Do'))
    at.vendor.faults.length = 0
    await at.call(await at.attempt({ revised: true }), put, 'Jane Doe')
    const error = await failure(at.call(await at.attempt({ revised: true }), WRITES.U, 'Jane Doe'))
    expect(error).toMatchObject({ code: 'changed-while-open' })
  })
})
