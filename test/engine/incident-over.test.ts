import { describe, expect, test } from 'vitest'
import { JOHN, TEAM } from '../support/test-ids.ts'
import { openEngine } from './open-engine.ts'
import { failingTries, unavailable } from './scripted-egress.ts'

describe('an incident that somebody ends', () => {
  test('leaves what still fails on the wire to its own alert', async () => {
    await using at = await openEngine({ incidents: { steps: 2, runs: 2 } })
    at.script.plan('account', failingTries(at.clock.sleep), unavailable(), unavailable())
    const onWire = await at.begin()
    const failedAt = at.clock.now()
    await at.begin({ email: 'john@acme.example', name: 'John Smith' }, 'V2')
    await at.begin({ email: 'ann@acme.example', name: 'Ann Other' }, 'V3')
    await at.clock.advance(0)
    const [hold] = at.engine().holds.standing(TEAM)
    expect(hold).toMatchObject({ kind: 'incident', scope: { of: 'service', service: 'vendor' } })
    expect(await at.step(onWire.id, 'account')).toMatchObject({ status: 'running', failing: { incident: hold?.id } })
    if (!hold) throw new Error('no incident')
    const close = { team: TEAM, hold: hold.id, kind: 'release-all', by: JOHN, reason: 'a false alarm' } as const
    await at.engine().holds.decide(close)
    await at.clock.advance(20_000)
    const step = await at.step(onWire.id, 'account')
    expect(step).toMatchObject({ status: 'running', alerted: false })
    expect('failing' in step && step.failing).not.toHaveProperty('incident')
    await at.clock.advance(failedAt + 45_000 - at.clock.now())
    expect(await at.step(onWire.id, 'account')).toMatchObject({ status: 'running', alerted: true })
  })
})

test('an incident whose service works again ends half a minute after the last step went on, although the clock was set back', async () => {
  await using at = await openEngine({ incidents: { steps: 2, runs: 2 } })
  at.script.plan('account', unavailable(), unavailable())
  await at.begin()
  await at.begin({ email: 'john@acme.example', name: 'John Smith' }, 'V2')
  await at.clock.advance(0)
  const [hold] = at.engine().holds.standing(TEAM)
  if (!hold) throw new Error('no incident')
  const release = { team: TEAM, hold: hold.id, kind: 'release-all', by: JOHN, reason: null } as const
  await at.engine().holds.decide(release)
  await at.clock.advance(10_000)
  expect(at.engine().holds.known(hold.id)).toMatchObject({ status: 'releasing' })
  at.clock.setBy(-3_600_000)
  await at.clock.advance(30_000)
  expect(at.engine().holds.standing(TEAM)).toEqual([])
})
