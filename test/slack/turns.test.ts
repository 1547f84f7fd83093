import { describe, expect, it } from 'vitest'
import { failureCardId, runCardId } from '../../src/domain/card.ts'
import type { Run } from '../../src/domain/run.ts'
import { MAIL, openPainter } from './open-painter.ts'

type At = Awaited<ReturnType<typeof openPainter>>

/** One channel for everything, at one message a second, as Slack documents it. */
const SLACK = { postsPerMinute: 60, updatesPerMinute: 50 }

const newRuns = async (at: At, count: number): Promise<Run[]> => {
  const runs: Run[] = []
  for (let made = 0; made < count; made++) runs.push(await at.newRun())
  return runs
}

const standing = async (at: At, run: Run): Promise<boolean> =>
  (await at.card(failureCardId(run.id, MAIL)))?.staleSince === null

/** Milliseconds until it is so, looked at ten times a second. */
async function until(at: At, isSo: () => Promise<boolean>): Promise<number> {
  const from = at.clock.now()
  while (!(await isSo()) && at.clock.now() - from < 60_000) await at.clock.advance(100)
  return at.clock.now() - from
}

/** Hundreds of runs that stop one after the other, until as many cards wait for their turn as may. */
async function flood(at: At, channel = '#ops'): Promise<void> {
  const waiting = async (): Promise<number> =>
    (await at.store.staleCards(1_000)).filter(({ kind, ts }) => kind === 'run' && ts === null).length
  for (let second = 0; second < 90 && (second < 40 || (await waiting()) < 33); second++) {
    for (const run of await newRuns(at, 8)) await at.mark(run, 'run', { urgent: true, channel })
    await at.clock.advance(1_000)
  }
  expect(await waiting(), 'the flood waits').toBeGreaterThanOrEqual(33)
}

describe('in a channel that takes one message a second, with urgent run cards waiting', () => {
  it('a failure is out within two seconds', async () => {
    await using at = await openPainter(SLACK)
    await flood(at)
    const [failing] = await newRuns(at, 1)
    if (!failing) throw new Error('no run')
    await at.mark(failing, 'failure')
    expect(await until(at, () => standing(at, failing))).toBeLessThanOrEqual(2_000)
  })

  it('each of several failures is out within two seconds of its turn among failures', async () => {
    await using at = await openPainter(SLACK)
    await flood(at)
    const failing = await newRuns(at, 6)
    for (const run of failing) await at.mark(run, 'failure')
    const all = async () => (await Promise.all(failing.map((run) => standing(at, run)))).every(Boolean)
    expect(await until(at, all)).toBeLessThanOrEqual(failing.length * 1_000 + 1_000)
  })

  it('an alert goes before them as well', async () => {
    await using at = await openPainter(SLACK)
    await flood(at, '#ops-alerts')
    const id = await at.alert({ settledAt: null })
    expect(await until(at, async () => (await at.card(id))?.staleSince === null)).toBeLessThanOrEqual(2_000)
  })

  it('run cards do not use up what is kept for failures', async () => {
    await using at = await openPainter(SLACK)
    for (const run of await newRuns(at, 30)) await at.mark(run, 'run', { urgent: true })
    await at.clock.advance(200)
    const failing = await newRuns(at, 5)
    for (const run of failing) await at.mark(run, 'failure')
    await at.clock.advance(200)
    for (const run of failing) expect(await standing(at, run)).toBe(true)
  })
})

describe('with many failure cards waiting to be changed', () => {
  it('the one that somebody has pressed a button of is changed first', async () => {
    await using at = await openPainter({ ...SLACK, postsPerMinute: 60_000 })
    const runs = await newRuns(at, 200)
    for (const run of runs) await at.mark(run, 'failure')
    await at.clock.advance(2_000)
    const again = async (run: Run, clicked = false): Promise<void> => {
      at.runs.set(run.id, { ...run, subject: { ...run.subject, label: 'Jane Smith' } })
      await at.mark(run, 'failure', { clicked })
    }
    for (const run of runs) await again(run)
    await at.clock.advance(5_000)
    const last = runs.at(-1)
    if (!last) throw new Error('no run')
    expect(await standing(at, last)).toBe(false)
    await again(last, true)
    expect(await until(at, () => standing(at, last))).toBeLessThanOrEqual(2_000)
  })

  it('what the second path asks for first is alerts, whatever waits before them', async () => {
    await using at = await openPainter(SLACK)
    await flood(at)
    const [first] = await newRuns(at, 1)
    if (!first) throw new Error('no run')
    await at.mark(first, 'failure')
    const [soonest] = await at.store.staleCards(1)
    expect(soonest?.id).toBe(failureCardId(first.id, MAIL))
    await at.mark(first, 'run', { urgent: true, clicked: true })
    const [now] = await at.store.staleCards(1)
    expect(now?.id).toBe(runCardId(first.id))
  })
})
