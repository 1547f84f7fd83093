import { describe, expect, test } from 'vitest'
import { takeUpClicks } from '../../handlers/take-up-clicks.ts'
import type { Person } from '../../src/domain/actor.ts'
import { receiveOnce } from '../../src/slack/receive-once.ts'
import { encodeStepRef } from '../../views/references.ts'
import { refusing } from '../engine/scripted-egress.ts'
import { TEAM } from '../support/test-ids.ts'
import { settle } from '../support/turns.ts'
import { NED, openHandlers, TIM } from './open-handlers.ts'

type At = Awaited<ReturnType<typeof openHandlers>>

/** A failed step, and a Retry of it that is on disk and acknowledged: then the process is gone. */
async function clickedAndGone(at: At, who: Person) {
  at.script.plan('mail', refusing)
  const run = await at.begin()
  const step = await at.step(run, 'mail')
  const value = encodeStepRef({ run: run.id, step: step.key, version: step.version })
  const place = { team: TEAM, user: who.user, channel: 'C0OPS', threadTs: null, responseUrl: null }
  await receiveOnce(at.ports, {
    kind: 'click.received',
    asked: { team: TEAM, user: who.user, homeTeam: TEAM, place },
    id: `v0=${who.user}`,
    said: { action: { action_id: 'step.retry', block_id: 'b', value } },
  })
  await at.clock.advance(3_600_000)
  return run
}

const takeUp = async (at: At): Promise<number> => {
  const taken = await takeUpClicks(at.ports, { team: TEAM, before: at.clock.now() })
  await settle()
  return taken
}

describe('a Retry that was acknowledged and not carried out before the process ended', () => {
  test('is carried out by the next one, once, in the name of who pressed it', async () => {
    await using at = await openHandlers()
    const run = await clickedAndGone(at, TIM)
    expect(await takeUp(at)).toBe(1)
    expect(await at.step(run, 'mail')).toMatchObject({
      status: 'succeeded',
      decisions: [{ kind: 'retry', by: { user: TIM.user } }],
    })
    expect(await takeUp(at)).toBe(0)
    expect(at.script.of('mail')).toHaveLength(2)
  })

  test('is not carried out for somebody who may not', async () => {
    await using at = await openHandlers()
    const run = await clickedAndGone(at, NED)
    expect(await takeUp(at)).toBe(0)
    expect(await at.step(run, 'mail')).toMatchObject({ status: 'failed', decisions: [] })
  })

  test('is left alone when the process lived on for more than a minute: it was answered then', async () => {
    await using at = await openHandlers()
    const run = await clickedAndGone(at, TIM)
    await at.begin({ email: 'john@acme.example', name: 'John Smith' })
    await at.clock.advance(1)
    expect(await takeUp(at)).toBe(0)
    expect(await at.step(run, 'mail')).toMatchObject({ status: 'failed' })
  })
})
