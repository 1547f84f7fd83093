import { describe, expect, it } from 'vitest'
import { failureCardId } from '../../src/domain/card.ts'
import { PermanentFailure, RetryLater } from '../../src/domain/errors.ts'
import { StepKey } from '../../src/domain/ids.ts'
import type { Run } from '../../src/domain/run.ts'
import { expectMessage, markupIn, wordsOf } from '../views/drawn.ts'
import { openPainter } from './open-painter.ts'

// Pitfalls of Slack bots in what Purser shows; those in what people send are in pitfalls.test.ts.

type At = Awaited<ReturnType<typeof openPainter>>

const named = (at: At, run: Run, label: string) => at.runs.set(run.id, { ...run, subject: { ...run.subject, label } })

describe('rates that Slack limits', () => {
  it('cost one message and few changes, however often a run moves on', async () => {
    await using at = await openPainter()
    const run = await at.newRun()
    for (let change = 0; change < 40; change++) {
      named(at, run, `Jane ${change}`)
      await at.mark(run, 'run')
      await at.clock.advance(50)
    }
    await at.clock.advance(1_000)
    expect(at.slack.messages).toHaveLength(1)
    expect(at.slack.updates.length).toBeGreaterThan(0)
    expect(at.slack.updates.length).toBeLessThanOrEqual(3)
    expect(wordsOf(at.slack.messages[0]?.drawing.blocks ?? [])).toContain('Jane 39')
  })

  it('let a failure go first, although the others have waited longer', async () => {
    await using at = await openPainter()
    const runs: Run[] = []
    for (let made = 0; made < 12; made++) runs.push(await at.newRun())
    const [first] = runs
    if (!first) throw new Error('no run')
    // Sooner than the painter looks again: one look finds them all.
    await at.markAll(runs)
    await at.clock.advance(20)
    await at.mark(first, 'failure')
    expect(at.slack.posts).toEqual([])
    await at.clock.advance(1_000)
    expect(at.slack.messages).toHaveLength(13)
    expect(at.slack.posts[0]?.key).toBe(failureCardId(first.id, StepKey.parse('mail')))
  })

  it('are waited for as long as Slack says, and nothing is lost', async () => {
    await using at = await openPainter()
    at.slack.says.post = () => {
      throw new RetryLater({ code: 'rate-limited', message: 'Too many.', hint: 'Wait.', retryAfterMs: 20_000 })
    }
    for (let made = 0; made < 3; made++) await at.mark(await at.newRun(), 'failure')
    await at.clock.advance(19_000)
    expect(at.slack.posts).toHaveLength(3)
    at.slack.says.post = null
    await at.clock.advance(2_000)
    expect(at.slack.messages).toHaveLength(3)
  })
})

describe('limits of blocks', () => {
  it('hold whatever a service answers and however long names are', async () => {
    await using at = await openPainter()
    const run = await at.newRun()
    const long = 'The quick brown fox <@U1> & *all* that. '.repeat(400)
    const [step] = run.steps
    if (step?.status !== 'failed') throw new Error('no failed step')
    const { failing } = step
    const steps = [{ ...step, failing: { ...failing, failure: { ...failing.failure, message: long, hint: long } } }]
    at.runs.set(run.id, { ...run, steps, subject: { ...run.subject, label: long } })
    await at.mark(run, 'failure')
    await at.mark(run, 'run')
    await at.clock.advance(2_000)
    expect(at.slack.messages).toHaveLength(2)
    for (const { drawing } of at.slack.messages) {
      expectMessage(drawing)
      expect(JSON.stringify(drawing.blocks).length).toBeLessThan(long.length)
    }
  })
})

describe('a message that somebody deletes', () => {
  it('is no record: the card stands again when there is something to show', async () => {
    await using at = await openPainter()
    const run = await at.newRun()
    await at.mark(run, 'failure')
    await at.clock.advance(100)
    at.slack.messages.length = 0
    at.slack.says.update = () => {
      throw new PermanentFailure({ code: 'message-not-found', message: 'It is gone', hint: 'None.' })
    }
    named(at, run, 'Jane Smith')
    await at.mark(run, 'failure')
    await at.clock.advance(100)
    expect(at.slack.messages.map(({ drawing }) => drawing.text.includes('Jane Smith'))).toEqual([true])
  })
})

describe('a scope that is missing', () => {
  it('keeps the card with its reason, is told once, and needs no restart when the scope is there', async () => {
    await using at = await openPainter()
    at.slack.says.post = () => {
      throw new PermanentFailure({
        code: 'missing-scope',
        message: 'Slack wants the scope chat:write.public',
        hint: 'Reinstall the app from manifest.yml.',
      })
    }
    const id = await at.mark(await at.newRun(), 'failure')
    await at.clock.advance(300_000)
    expect(at.slack.posts.length).toBeGreaterThan(2)
    expect(await at.card(id)).toMatchObject({
      undeliverable: 'Slack wants the scope chat:write.public. Reinstall the app from manifest.yml.',
    })
    expect(await at.entries('card.undeliverable')).toHaveLength(1)
    at.slack.says.post = null
    await at.clock.advance(61_000)
    expect(await at.card(id)).toMatchObject({ ts: expect.any(String), undeliverable: null, staleSince: null })
  })
})

describe('noise, and colours without words', () => {
  it('is no new message and no mention of everybody when a failure fails again', async () => {
    await using at = await openPainter()
    const run = await at.newRun()
    for (let again = 0; again < 10; again++) {
      named(at, run, `Jane ${again} <!channel> <!here>`)
      await at.mark(run, 'failure')
      await at.clock.advance(5_000)
    }
    expect(at.slack.posts).toHaveLength(1)
    for (const { drawing } of at.slack.messages) {
      expect(JSON.stringify(drawing.blocks)).not.toContain('"broadcast"')
      expect([drawing.text, ...markupIn(drawing.blocks)].join()).not.toMatch(/<!(?:channel|here|everyone)/)
    }
  })

  it('says in words what its colour says, also where only the text is shown', async () => {
    await using at = await openPainter()
    const run = await at.newRun()
    await at.mark(run, 'failure')
    await at.mark(run, 'run')
    await at.clock.advance(2_000)
    expect(at.slack.messages).toHaveLength(2)
    for (const { drawing } of at.slack.messages) {
      const plain = (words: string) => words.replaceAll(/\p{Extended_Pictographic}/gu, '')
      expect(plain(wordsOf(drawing.blocks))).toMatch(/failed|needs you|stuck/i)
      expect(plain(drawing.text)).toMatch(/failed|needs you|stuck/i)
      expect(drawing.text).toContain('Jane Doe')
    }
  })
})
