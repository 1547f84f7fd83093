import { describe, expect, test } from 'vitest'
import { PersonNeeded } from '../../src/domain/errors.ts'
import type { Run } from '../../src/domain/run.ts'
import type { DecisionRequest } from '../../src/engine/decisions.ts'
import { asked, openAsked, told } from './open-asked.ts'
import { MAYA, OLGA, type openHandlers, TIM } from './open-handlers.ts'

const HOUR = 3_600_000

type At = Awaited<ReturnType<typeof openHandlers>>

const goesAway = (at: At) => at.slash('/purser', 'away for 24h @tim', MAYA)

async function decide(at: At, of: Run, decision: object) {
  const { id, team, version, startedBy } = await at.run(of)
  const whole = { ...decision, version } as unknown as DecisionRequest
  const answer = await at.engine.decide({ team, run: id, actor: startedBy, decision: whole })
  expect(answer.kind).toBe('decided')
}

describe('whoever goes away while a run is held back is not asked alone when it goes on', () => {
  test('by a pause of the run in which they are asked', async () => {
    await using at = await openAsked()
    const run = await at.begin()
    await told(at)
    await decide(at, run, { kind: 'pause', until: null, reason: 'not now' })
    expect((await at.run(run)).status).toBe('paused')
    await goesAway(at)
    await decide(at, run, { kind: 'resume', reason: null })
    await told(at)
    expect(await asked(at, run)).toEqual([TIM.user])
  })

  test('by a pause of everything, before anybody is asked', async () => {
    await using at = await openAsked()
    await at.slash('/purser', 'pause everything audit week', OLGA)
    const run = await at.begin()
    await told(at)
    await goesAway(at)
    await told(at)
    const [hold] = at.engine.holds.standing(MAYA.team)
    if (!hold) throw new Error('nothing is paused')
    const by = { kind: 'person', team: OLGA.team, user: OLGA.user } as const
    await at.engine.holds.decide({ team: MAYA.team, hold: hold.id, kind: 'resume', by, reason: null })
    await at.clock.advance(1_000)
    await told(at)
    expect((await at.step(run, 'ok')).status).toBe('waiting')
    expect(await asked(at, run)).toEqual([TIM.user])
  })

  test.each(['away', 'back'] as const)('by rules that are gone, in whatever they did meanwhile: %s', async (last) => {
    await using at = await openAsked()
    const run = await at.begin()
    await told(at)
    const { rules } = at.ports
    const today = rules.current()
    rules.current = () => ({ ...today, version: 2 })
    rules.at = async (version) => {
      if (version === 2) return rules.current()
      throw new PersonNeeded({ code: 'rules-version-outdated', message: 'Not understood.', hint: 'x' })
    }
    await goesAway(at)
    await told(at)
    expect(await at.run(run)).toMatchObject({ status: 'held', heldBack: { code: 'rules-gone' } })
    expect(await asked(at, run)).toEqual([MAYA.user])
    if (last === 'back') await at.slash('/purser', 'back', MAYA)
    await at.clock.advance(HOUR)
    await decide(at, run, { kind: 'use-rules' })
    await told(at)
    expect((await at.run(run)).heldBack).toBeNull()
    expect(await asked(at, run)).toEqual(last === 'away' ? [TIM.user] : [MAYA.user])
  })
})
