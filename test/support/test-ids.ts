import { createIds, type Ids, TeamId, UserId } from '../../src/domain/ids.ts'

export const TEAM = TeamId.parse('T0ACME')
export const OTHER_TEAM = TeamId.parse('T0GLOBEX')
export const JANE = { kind: 'person', team: TEAM, user: UserId.parse('U0JANE') } as const
export const JOHN = { kind: 'person', team: TEAM, user: UserId.parse('U0JOHN') } as const

/** Ids in the order of the clock, the same in every run of a test. */
export function testIds(clock: { now(): number }): Ids {
  let seed = 0
  return createIds({
    now: () => clock.now(),
    randomBytes(size) {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
      const bytes = Buffer.alloc(size)
      for (let at = 0; at < size; at++) bytes[at] = (Math.imul(seed ^ (at * 0x9e3779b1), 2654435761) >>> 13) & 0xff
      return bytes
    },
  })
}
