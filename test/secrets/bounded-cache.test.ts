import { expect, test } from 'vitest'
import { BoundedCache } from '../../src/secrets/bounded-cache.ts'

test('beyond its limit it forgets what was not used for longest', () => {
  const cache = new BoundedCache<number>(2)
  cache.set('a', 1)
  cache.set('b', 2)
  expect(cache.get('a')).toBe(1)
  cache.set('c', 3)
  expect(['a', 'b', 'c'].map((key) => cache.get(key))).toEqual([1, undefined, 3])
})

test('a value that is set again, deleted or cleared is not there as it was', () => {
  const cache = new BoundedCache<number>(3)
  cache.set('a', 1)
  cache.set('a', 2)
  cache.set('b', 3)
  cache.delete('b')
  expect(cache.get('a')).toBe(2)
  expect(cache.get('b')).toBeUndefined()
  cache.clear()
  expect(cache.get('a')).toBeUndefined()
})
