import { expect, it } from 'vitest'
import { shareUnchanged } from '../../../src/sandbox/page/live/share-unchanged.ts'

it('keeps the old objects wherever nothing changed, and the new ones on the way to a change', () => {
  const before = {
    channels: [
      { id: 'a', messages: [{ ts: '1' }] },
      { id: 'b', messages: [] },
    ],
    users: [{ id: 'u' }],
  }
  const after = structuredClone(before)
  after.channels[1] = { id: 'b', messages: [{ ts: '2' }] }
  const shared = shareUnchanged(before, after)
  expect(shared).toEqual(after)
  expect(shared.users).toBe(before.users)
  expect(shared.channels[0]).toBe(before.channels[0])
  expect(shared.channels).not.toBe(before.channels)
})

it('answers the old whole when all is equal, and notices what went away', () => {
  const before = { a: 1, b: [1, 2] }
  expect(shareUnchanged(before, { a: 1, b: [1, 2] })).toBe(before)
  expect(shareUnchanged(before, { a: 1, b: [1] })).toEqual({ a: 1, b: [1] })
  expect(shareUnchanged<object>(before, { a: 1 })).toEqual({ a: 1 })
  expect(shareUnchanged<object>({ a: undefined }, { b: undefined })).toEqual({ b: undefined })
})
