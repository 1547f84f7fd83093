import { describe, expect, it } from 'vitest'
import { failureCardId } from '../../src/domain/card.ts'
import { PermanentFailure } from '../../src/domain/errors.ts'
import type { Run } from '../../src/domain/run.ts'
import { checkCards } from '../../src/slack/check-cards.ts'
import { TEAM } from '../support/test-ids.ts'
import { wordsOf } from '../views/drawn.ts'
import { MAIL, openPainter } from './open-painter.ts'

type At = Awaited<ReturnType<typeof openPainter>>

/** A start: the painter of a new process, and its look after the cards that wait for somebody. */
async function restarted(at: At) {
  await at.restart()
  const engine = { ...at.ports.engine, holds: { standing: () => [] } }
  const check = checkCards({ ...at.ports, engine, team: TEAM, onStale: () => at.tryAgain([]) })
  check.start()
  return { [Symbol.asyncDispose]: () => check.stop() }
}

async function failed(at: At): Promise<Run> {
  const run = await at.newRun('blocked')
  await at.mark(run, 'failure')
  await at.clock.advance(1_000)
  return run
}

describe('after a start, a card that waits for somebody', () => {
  it('is drawn as this version draws it, though nothing has happened', async () => {
    await using at = await openPainter()
    const run = await failed(at)
    at.runs.set(run.id, { ...run, subject: { ...run.subject, label: 'Jane Smith' } })
    await using _check = await restarted(at)
    await at.clock.advance(40_000)
    expect(wordsOf(at.slack.messages[0]?.drawing.blocks ?? [])).toContain('Jane Smith')
    expect(at.slack.messages).toHaveLength(1)
  })

  it('is posted anew when its message was deleted meanwhile, and tells nobody that it came late', async () => {
    await using at = await openPainter()
    const run = await failed(at)
    at.slack.messages.splice(0)
    at.slack.says.update = () => {
      at.slack.says.update = null
      throw new PermanentFailure({ code: 'message-not-found', message: 'no such message', hint: '' })
    }
    await using _check = await restarted(at)
    await at.clock.advance(600_000)
    expect(at.slack.messages).toHaveLength(1)
    expect(await at.card(failureCardId(run.id, MAIL))).toMatchObject({ staleSince: null, late: null, turn: 0 })
  })

  it('is sent once, and no more than twenty in a minute', async () => {
    await using at = await openPainter()
    for (let count = 0; count < 30; count++) await failed(at)
    await using _check = await restarted(at)
    await at.clock.advance(30_000)
    const before = at.slack.updates.length
    await at.clock.advance(60_000)
    expect(at.slack.updates.length - before).toBeGreaterThan(15)
    expect(at.slack.updates.length - before).toBeLessThanOrEqual(20)
    await at.clock.advance(600_000)
    expect(at.slack.updates.length).toBe(30)
  })

  it('is left alone when its step goes on by itself, or its run is over', async () => {
    await using at = await openPainter()
    const run = await failed(at)
    const [step] = run.steps
    if (!step) throw new Error('the run has a step')
    const { key, version, generations, attempts, attemptsInRow, calls, decisions, escalation, alerted } = step
    const pending = { key, version, generations, attempts, attemptsInRow, calls, decisions, escalation, alerted }
    at.runs.set(run.id, { ...run, steps: [{ ...pending, wait: null, status: 'pending' }] })
    await at.end(await failed(at))
    await at.clock.advance(1_000)
    const before = at.slack.updates.length
    await using _check = await restarted(at)
    await at.clock.advance(600_000)
    expect(at.slack.updates.length).toBe(before)
  })
})
