import { randomBytes } from 'node:crypto'

const DRAWN_AT_ONCE = 4_096

/** Random bytes, each given once; the system is asked for many at a time, which is most of what asking costs. */
export function createRandomSource(): (size: number) => Buffer {
  let drawn = Buffer.alloc(0)
  let used = 0
  return (size) => {
    if (used + size > drawn.length) {
      drawn = randomBytes(Math.max(DRAWN_AT_ONCE, size))
      used = 0
    }
    used += size
    return drawn.subarray(used - size, used)
  }
}
