import { expect, it } from 'vitest'
import { dayIn } from '../../src/domain/calendar.ts'
import { boardCardId, failureCardId, runCardId } from '../../src/domain/card.ts'
import type { Run } from '../../src/domain/run.ts'
import { wordsOf } from '../views/drawn.ts'
import { MAIL, openPainter } from './open-painter.ts'

type At = Awaited<ReturnType<typeof openPainter>>

/** Many runs that are under way in one channel, their progress marked. */
async function crowd(at: At, count: number): Promise<Run[]> {
  const runs: Run[] = []
  for (let n = 0; n < count; n++) {
    const run = await at.newRun()
    at.runs.set(run.id, { ...run, status: 'running', subject: { ...run.subject, label: `Person ${n}` } })
    runs.push(run)
  }
  await at.markAll(runs)
  return runs
}

const boardId = (at: At) => boardCardId('#ops', dayIn('Europe/Berlin', at.clock.now()))
const boardWords = (at: At): string =>
  wordsOf(at.slack.messages.find(({ key }) => key === boardId(at))?.drawing.blocks ?? [])

it('up to twenty runs under way in a channel have a card each', async () => {
  await using at = await openPainter()
  await crowd(at, 20)
  await at.clock.advance(5_000)
  expect(at.slack.messages).toHaveLength(20)
  expect(await at.card(boardId(at))).toBeNull()
})

it('more share one board, which names how many there are and shows the newest', async () => {
  await using at = await openPainter()
  const runs = await crowd(at, 60)
  await at.clock.advance(5_000)
  expect(at.slack.messages.map(({ key }) => key)).toEqual([boardId(at)])
  expect(boardWords(at)).toContain('60 runs under way')
  expect(boardWords(at)).toContain('Person 59')
  expect(boardWords(at)).toContain('and 40 others: /process lists them')
  for (const run of runs) expect(await at.card(runCardId(run.id))).toMatchObject({ ts: null, staleSince: null })
})

it('a run of a crowd gets its own card when it ends or needs somebody, and the board counts on', async () => {
  await using at = await openPainter()
  const [first, second, ...others] = await crowd(at, 30)
  if (!first || !second) throw new Error('no crowd')
  await at.clock.advance(5_000)
  await at.mark(first, 'failure')
  await at.end(second)
  await at.clock.advance(5_000)
  expect(await at.card(runCardId(second.id))).toMatchObject({ ts: expect.any(String) })
  expect(at.slack.messages).toHaveLength(3)
  expect(boardWords(at)).toContain('29 runs under way')
  for (const run of others) await at.end(run)
  await at.end(first)
  await at.clock.advance(60_000)
  expect(boardWords(at)).toContain('Nothing is under way here any more')
  expect(at.slack.messages).toHaveLength(32)
})

it('five hundred runs under way cost one update a second, and a failure among them is shown at once', async () => {
  await using at = await openPainter()
  const runs = await crowd(at, 500)
  await at.clock.advance(5_000)
  const [before, posted] = [at.slack.updates.length, at.slack.posts.length]
  for (let second = 0; second < 10; second++) {
    await at.markAll(runs.slice(second * 50, second * 50 + 50))
    await at.clock.advance(1_000)
  }
  expect(at.slack.updates.length - before).toBeLessThanOrEqual(11)
  expect(at.slack.posts.length).toBe(posted)
  const [first] = runs
  if (!first) throw new Error('no crowd')
  await at.mark(first, 'failure')
  await at.clock.advance(200)
  expect(at.slack.posts.length).toBe(posted + 1)
})

it('a board goes on being right after a restart', async () => {
  await using at = await openPainter()
  const runs = await crowd(at, 30)
  await at.clock.advance(5_000)
  await at.restart()
  for (const run of runs.slice(0, 12)) await at.end(run)
  await at.clock.advance(30_000)
  expect(boardWords(at)).toContain('18 runs under way')
  expect(at.slack.messages.filter(({ key }) => key === boardId(at))).toHaveLength(1)
})

it('of more ends than Slack takes messages of, those long behind have no card of their own, and failures do in time', async () => {
  await using at = await openPainter({ postsPerMinute: 60 })
  for (let second = 0; second < 150; second++) {
    for (let n = 0; n < 4; n++) {
      const run = await at.newRun()
      at.runs.set(run.id, { ...run, status: 'running' })
      await at.end(run)
    }
    await at.clock.advance(1_000)
  }
  const unposted = (await at.store.staleCards(1_000)).filter(({ kind, ts }) => kind === 'run' && ts === null)
  expect(unposted.length).toBeLessThan(60)
  const failing = await at.newRun()
  await at.mark(failing, 'failure')
  await at.clock.advance(45_000)
  expect(await at.card(failureCardId(failing.id, MAIL))).toMatchObject({ ts: expect.any(String) })
  await at.clock.advance(120_000)
  expect(await at.store.staleCards(10)).toEqual([])
})
