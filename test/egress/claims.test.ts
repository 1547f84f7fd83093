import { expect, test } from 'vitest'
import { createClaims } from '../../src/egress/claims.ts'
import { settle } from '../support/turns.ts'

test('who holds one key takes turns with all who come, also with those who come while others wait; other keys go on', async () => {
  const claims = createClaims()
  const at = new Map<string, number>()
  const most = new Map<string, number>()
  const order: string[] = []
  const ends: (() => void)[] = []
  const take = (key: string, name: string, fails = false) =>
    claims.hold(key, async () => {
      at.set(key, (at.get(key) ?? 0) + 1)
      most.set(key, Math.max(most.get(key) ?? 0, at.get(key) ?? 0))
      order.push(name)
      await new Promise<void>((resolve) => ends.push(resolve))
      at.set(key, (at.get(key) ?? 0) - 1)
      if (fails) throw new Error(name)
      return name
    })
  const first = take('jira/jane', 'first', true)
  const second = take('jira/jane', 'second')
  const other = take('jira/john', 'other')
  await settle()
  expect(order).toEqual(['first', 'other'])
  // The first one leaves, also by failing, and the second one is at it when a third one comes.
  ends.shift()?.()
  await expect(first).rejects.toThrow('first')
  await settle()
  const third = take('jira/jane', 'third')
  await settle()
  expect(order).toEqual(['first', 'other', 'second'])
  for (let left = 3; left > 0; left--) {
    ends.shift()?.()
    await settle()
  }
  expect(await Promise.all([second, third, other])).toEqual(['second', 'third', 'other'])
  expect(Object.fromEntries(most)).toEqual({ 'jira/jane': 1, 'jira/john': 1 })
})
