import { expect, test } from 'vitest'
import { down, openWatched } from './watched-vendor.ts'

const MINUTE = 60_000

test.each(['release-all', 'close'] as const)(
  'looks that fail open nothing again after %s, until one was answered: they may be wrong, and people have said so',
  async (kind) => {
    let fails = true
    await using at = await openWatched(async () => {
      if (fails) throw down()
    })
    await at.engine().recover()
    await at.clock.advance(MINUTE)
    const run = await at.begin()
    expect(await at.statuses(run.id)).toBe('held pending pending pending')
    await at.decide(kind)
    await at.clock.advance(10 * MINUTE)
    expect(await at.statuses(run.id)).toBe('succeeded succeeded succeeded succeeded')
    expect(at.incident()).toBeNull()
    expect(at.health()).toMatchObject({ state: 'down' })
    const struck = at.struck()
    await at.clock.advance(5 * MINUTE)
    expect(at.struck()).toBeGreaterThan(struck + 5)
    expect(at.incident()).toBeNull()
    // Nor after a restart.
    await at.kill()
    await at.clock.advance(5 * MINUTE)
    expect(at.health()).toMatchObject({ state: 'down' })
    expect(at.incident()).toBeNull()
    fails = false
    await at.clock.advance(MINUTE)
    expect(at.health()).toMatchObject({ state: 'up' })
    fails = true
    await at.kill()
    await at.clock.advance(MINUTE)
    expect(at.incident()).toMatchObject({ status: 'open' })
  },
)
