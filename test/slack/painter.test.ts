import { describe, expect, it } from 'vitest'
import { PermanentFailure, RetryLater, UnknownOutcome } from '../../src/domain/errors.ts'
import { wordsOf } from '../views/drawn.ts'
import { openPainter } from './open-painter.ts'

const parts = { code: 'no-answer', message: 'Slack did not answer.', hint: 'Wait.' }
const refusing = (code: string) => () => {
  throw new PermanentFailure({ ...parts, code, message: 'Purser is not in the channel' })
}

describe('the painter', () => {
  it('posts a stale card, and changes the same message when the state has moved on', async () => {
    await using at = await openPainter()
    const run = await at.newRun()
    const id = await at.mark(run, 'failure')
    await at.clock.advance(100)
    expect(at.slack.messages).toHaveLength(1)
    at.runs.set(run.id, { ...run, subject: { ...run.subject, label: 'Jane Smith' } })
    await at.mark(run, 'failure')
    await at.clock.advance(100)
    expect(at.slack.messages).toHaveLength(1)
    expect(wordsOf(at.slack.messages[0]?.drawing.blocks ?? [])).toContain('Jane Smith')
    expect(await at.card(id)).toMatchObject({ staleSince: null, undeliverable: null })
  })

  it('draws a card that is about no run, and again when its matter is settled', async () => {
    await using at = await openPainter()
    const id = await at.alert({ settledAt: null })
    await at.clock.advance(100)
    expect(at.slack.messages).toHaveLength(1)
    expect(at.slack.messages[0]?.drawing.text).toContain('cannot be used')
    await at.alert({ settledAt: at.clock.now() })
    await at.clock.advance(100)
    expect(at.slack.messages).toHaveLength(1)
    expect(at.slack.messages[0]?.drawing.text).toContain('Settled')
    expect(await at.card(id)).toMatchObject({ staleSince: null, run: null })
  })

  it('does not send an equal drawing', async () => {
    await using at = await openPainter()
    const run = await at.newRun()
    await at.mark(run, 'failure')
    await at.clock.advance(100)
    await at.mark(run, 'failure')
    await at.clock.advance(100)
    expect(at.slack.updates).toHaveLength(0)
  })

  it('tries a card again whose posting may or may not have succeeded, and looks for it first', async () => {
    await using at = await openPainter()
    const id = await at.mark(await at.newRun(), 'failure')
    at.slack.says.post = () => {
      throw new UnknownOutcome(parts)
    }
    await at.clock.advance(100)
    expect(await at.card(id)).toMatchObject({ ts: null, undeliverable: null })
    at.slack.says.post = null
    await at.clock.advance(2_000)
    expect(at.slack.posts.map(({ mayStand }) => mayStand)).toEqual([false, true])
    expect(at.slack.messages).toHaveLength(1)
    expect(await at.card(id)).toMatchObject({ staleSince: null })
  })

  it('looks for a card before it posts it again after any try that failed', async () => {
    await using at = await openPainter()
    await at.mark(await at.newRun(), 'failure')
    at.slack.says.post = () => {
      throw new RetryLater({ ...parts, mayStand: true })
    }
    await at.clock.advance(100)
    at.slack.says.post = null
    await at.clock.advance(2_000)
    expect(at.slack.posts.map(({ mayStand }) => mayStand)).toEqual([false, true])
  })

  it('shows a failure card as soon as somebody has invited Purser to the channel', async () => {
    await using at = await openPainter()
    const id = await at.mark(await at.newRun(), 'failure')
    at.slack.says.post = refusing('not-in-channel')
    await at.clock.advance(130_000)
    expect(await at.kinds()).toEqual(['card.undeliverable'])
    expect(await at.card(id)).toMatchObject({ undeliverable: expect.stringContaining('not in the channel') })
    // Each time in the channel, then to whoever started the run.
    expect(at.slack.posts).toHaveLength(6)
    at.slack.says.post = null
    await at.clock.advance(60_000)
    expect(at.slack.messages).toHaveLength(1)
    expect(await at.card(id)).toMatchObject({ staleSince: null, undeliverable: null })
  })

  it('shows what Slack had refused after a restart', async () => {
    await using at = await openPainter()
    await at.mark(await at.newRun(), 'failure')
    at.slack.says.post = refusing('missing-scope')
    await at.clock.advance(100)
    at.slack.says.post = null
    await at.restart()
    await at.clock.advance(100)
    expect(at.slack.messages).toHaveLength(1)
  })

  it('looks for what its predecessor may have posted, also when it is nudged before it was started', async () => {
    await using at = await openPainter()
    at.slack.says.post = () => {
      throw new RetryLater({ ...parts, mayStand: true })
    }
    await at.mark(await at.newRun(), 'failure')
    await at.clock.advance(100)
    at.slack.says.post = null
    await at.restart()
    await at.clock.advance(100)
    expect(at.slack.posts.map(({ mayStand }) => mayStand)).toEqual([false, true])
  })

  it('says it in plain text when Slack refuses the blocks', async () => {
    await using at = await openPainter()
    const id = await at.mark(await at.newRun(), 'failure')
    at.slack.says.post = (_card, { blocks }) => {
      if (blocks.length > 0) refusing('invalid-blocks')()
    }
    await at.clock.advance(100)
    const [message] = at.slack.messages
    expect(message?.drawing.text).toContain('Jane Doe')
    expect(message?.drawing.blocks).toEqual([])
    expect(await at.card(id)).toMatchObject({ staleSince: null })
    expect(at.errors).toHaveLength(1)
  })

  it('shows a failure at most half a minute after Slack works again, however long it did not', async () => {
    await using at = await openPainter()
    const id = await at.mark(await at.newRun(), 'failure')
    at.slack.says.post = () => {
      throw new RetryLater(parts)
    }
    await at.clock.advance(1_800_000)
    at.slack.says.post = null
    await at.clock.advance(31_000)
    expect(await at.card(id)).toMatchObject({ staleSince: null, ts: '1.0' })
    expect(at.slack.posts.length).toBeLessThan(80)
  })

  it('waits as long as Slack asks', async () => {
    await using at = await openPainter()
    await at.mark(await at.newRun(), 'failure')
    at.slack.says.post = () => {
      throw new RetryLater({ ...parts, retryAfterMs: 50_000 })
    }
    await at.clock.advance(49_000)
    expect(at.slack.posts).toHaveLength(1)
    at.slack.says.post = null
    await at.clock.advance(2_000)
    expect(at.slack.messages).toHaveLength(1)
  })

  it('posts a deleted message anew', async () => {
    await using at = await openPainter()
    const run = await at.newRun()
    const id = await at.mark(run, 'failure')
    await at.clock.advance(100)
    at.slack.messages.length = 0
    at.slack.says.update = refusing('message-not-found')
    at.runs.set(run.id, { ...run, subject: { ...run.subject, label: 'Jane Smith' } })
    await at.mark(run, 'failure')
    await at.clock.advance(100)
    expect(at.slack.messages).toHaveLength(1)
    expect(await at.card(id)).toMatchObject({ staleSince: null, ts: at.slack.messages[0]?.ts })
    // A crash may have come between such a post and its note: it is looked for by its key.
    expect(at.slack.posts.map(({ mayStand }) => mayStand)).toEqual([false, true])
  })

  it('paints what is new although a thousand cards wait for a channel that is gone', async () => {
    await using at = await openPainter()
    at.channels.home = '#gone'
    at.slack.says.post = (card) => {
      if (card.channel !== '#ops') refusing('is-archived')()
    }
    for (let count = 0; count < 500; count++) {
      const run = await at.newRun()
      await at.mark(run, 'run', { channel: '#gone' })
      await at.mark(run, 'note', { channel: '#gone' })
    }
    await at.clock.advance(10_000)
    const progress = await at.mark(await at.newRun(), 'run')
    await at.clock.advance(1_000)
    expect(await at.card(progress)).toMatchObject({ staleSince: null, ts: expect.any(String) })
  })

  it('puts a line of the story into the thread of its run’s card, and never anywhere else', async () => {
    await using at = await openPainter()
    const run = await at.newRun()
    const note = await at.mark(run, 'note')
    await at.clock.advance(5_000)
    expect(at.slack.posts).toEqual([])
    const id = await at.mark(run, 'run')
    await at.clock.advance(10_000)
    const card = await at.card(id)
    expect(at.slack.posts.map(({ threadTs }) => threadTs)).toEqual([null, card?.ts])
    expect(await at.card(note)).toMatchObject({ staleSince: null })
  })

  it('posts the lines of a thread in their order, also when Slack does not take the first one at once', async () => {
    await using at = await openPainter()
    const run = await at.newRun()
    run.history.push(...run.history)
    await at.mark(run, 'run')
    await at.clock.advance(2_000)
    let refusals = 1
    at.slack.says.post = () => {
      if (refusals-- > 0) throw new RetryLater({ code: 'http-503', message: 'Slack answered 503.', hint: 'Wait.' })
    }
    const first = await at.mark(run, 'note', { line: 0 })
    const second = await at.mark(run, 'note', { line: 1 })
    await at.clock.advance(20_000)
    expect(refusals).toBeLessThan(1)
    expect(at.slack.messages.map(({ key }) => key).slice(1)).toEqual([first, second])
  })

  it('does not let a failure wait for names that Slack does not tell, and draws them when it does', async () => {
    await using at = await openPainter()
    const answer = Promise.withResolvers<boolean>()
    at.names.learn = () => answer.promise
    const id = await at.mark(await at.newRun(), 'failure')
    await at.clock.advance(2_500)
    expect(at.slack.messages).toHaveLength(1)
    expect((await at.card(id))?.staleSince).not.toBeNull()
    at.names.learn = async () => true
    await at.clock.advance(5_000)
    expect(await at.card(id)).toMatchObject({ staleSince: null })
    expect(at.slack.messages).toHaveLength(1)
  })

  it('leaves no timer behind', async () => {
    const at = await openPainter()
    await at.mark(await at.newRun(), 'failure')
    await at.clock.advance(100)
    await at[Symbol.asyncDispose]()
    expect(at.clock.waiting()).toBe(0)
  })
})
