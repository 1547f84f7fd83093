import { describe, expect, it } from 'vitest'
import { PermanentFailure, RetryLater } from '../../src/domain/errors.ts'
import { wordsOf } from '../views/drawn.ts'
import { openPainter } from './open-painter.ts'

type At = Awaited<ReturnType<typeof openPainter>>

/** Slack as its channels are: those that are closed take neither new messages nor changes. */
function closing(at: At, code: string) {
  const closed = new Set<string>()
  const count = { refusals: 0 }
  const refuse = (channel: string): void => {
    if (!closed.has(channel.replace(/^C/, ''))) return
    count.refusals += 1
    throw new PermanentFailure({ code, message: 'The channel is archived', hint: 'Unarchive it.' })
  }
  at.slack.says.post = ({ channel }) => refuse(channel)
  at.slack.says.update = refuse
  return { closed, count }
}

/** Messages that stand as a card, and not as the note that it has moved. */
const live = (at: At) => at.slack.messages.filter(({ drawing }) => !drawing.text.includes('has moved to'))

async function openMended() {
  const at = await openPainter()
  await at.restart()
  return at
}

describe('a card whose channel takes nothing', () => {
  it('stands in the fallback channel, says why, and comes back when the channel takes it again', async () => {
    await using at = await openMended()
    at.channels.fallback = '#general'
    const { closed, count } = closing(at, 'is-archived')
    closed.add('#ops')
    const run = await at.newRun()
    const id = await at.mark(run, 'failure')
    await at.clock.advance(1_000)
    expect(await at.card(id)).toMatchObject({
      channelId: 'C#general',
      detour: '#general',
      staleSince: null,
      undeliverable: expect.stringContaining('archived'),
    })
    expect(wordsOf(at.slack.messages[0]?.drawing.blocks ?? [])).toContain('cannot be shown in #ops')
    expect((await at.entries('card.undeliverable')).map(({ facts }) => facts)).toEqual([
      { code: 'is-archived', card: 'failure' },
    ])

    at.runs.set(run.id, { ...run, subject: { ...run.subject, label: 'Jane Smith' } })
    await at.mark(run, 'failure')
    await at.clock.advance(1_000)
    expect(wordsOf(at.slack.messages[0]?.drawing.blocks ?? [])).toContain('Jane Smith')
    expect(await at.card(id)).toMatchObject({ undeliverable: expect.stringContaining('archived') })

    closed.clear()
    await at.clock.advance(61_000)
    expect(await at.card(id)).toMatchObject({ channelId: 'C#ops', detour: null, left: null, undeliverable: null })
    expect(live(at).map(({ channel }) => channel)).toEqual(['C#ops'])
    expect(at.slack.messages[0]?.drawing.text).toContain('has moved to #ops')
    expect((await at.entries('card.moved')).map(({ facts }) => facts?.to)).toEqual(['home', 'fallback'])
    expect(count.refusals).toBeGreaterThan(0)
  })

  it('goes to whoever started the run when the fallback takes nothing either', async () => {
    await using at = await openMended()
    at.channels.fallback = '#general'
    const { closed } = closing(at, 'not-in-channel')
    closed.add('#ops').add('#general')
    const id = await at.mark(await at.newRun(), 'failure')
    await at.clock.advance(1_000)
    const card = await at.card(id)
    expect(card?.detour).toMatch(/^DU/)
    expect(live(at)).toHaveLength(1)
    expect((await at.entries('card.moved')).map(({ facts }) => facts?.to)).toEqual(['owner'])
    expect((await at.entries('alert.accepted')).map(({ facts }) => facts)).toEqual([
      { card: 'failure', ms: expect.any(Number), late: false },
    ])
  })

  it('leaves its message in a channel that is archived later, and changes that one when it comes back', async () => {
    await using at = await openMended()
    at.channels.fallback = '#general'
    const { closed } = closing(at, 'is-archived')
    const run = await at.newRun()
    const id = await at.mark(run, 'failure')
    await at.clock.advance(1_000)
    closed.add('#ops')
    at.runs.set(run.id, { ...run, subject: { ...run.subject, label: 'Jane Smith' } })
    await at.mark(run, 'failure')
    await at.clock.advance(1_000)
    expect(await at.card(id)).toMatchObject({ detour: '#general', left: { channel: 'C#ops', ts: '1.0' } })
    closed.clear()
    await at.clock.advance(61_000)
    expect(await at.card(id)).toMatchObject({ ts: '1.0', detour: null, left: null })
    expect(at.slack.messages).toHaveLength(2)
    expect(live(at).map(({ ts }) => ts)).toEqual(['1.0'])
    expect(wordsOf(live(at)[0]?.drawing.blocks ?? [])).toContain('Jane Smith')
  })

  it('stands at once where the rules of today say, when they name another channel', async () => {
    await using at = await openMended()
    const { closed } = closing(at, 'channel-not-found')
    closed.add('#old')
    const id = await at.mark(await at.newRun(), 'failure', { channel: '#old' })
    await at.clock.advance(1_000)
    expect(await at.card(id)).toMatchObject({ channelId: 'C#ops', detour: null, undeliverable: null, staleSince: null })
  })

  it('takes the lines of its thread with it', async () => {
    await using at = await openMended()
    at.channels.fallback = '#general'
    const { closed } = closing(at, 'is-archived')
    const run = await at.newRun()
    const head = await at.mark(run, 'run')
    await at.clock.advance(2_000)
    closed.add('#ops')
    // The fake's places are named after their channels; a thread is posted to where its head stands.
    const note = await at.mark(run, 'note')
    await at.clock.advance(20_000)
    expect(await at.card(head)).toMatchObject({ detour: '#general' })
    expect(await at.card(note)).toMatchObject({ staleSince: null, ts: expect.any(String) })
    expect(at.slack.posts.at(-1)).toMatchObject({ threadTs: (await at.card(head))?.ts })
  })

  it('is brought back after a restart, also when the process ended before its copy was marked', async () => {
    await using at = await openMended()
    at.channels.fallback = '#general'
    const { closed } = closing(at, 'is-archived')
    closed.add('#ops')
    const id = await at.mark(await at.newRun(), 'failure')
    await at.clock.advance(1_000)
    closed.clear()
    let cuts = 1
    at.slack.says.update = () => {
      if (cuts-- > 0) throw new RetryLater({ code: 'no-answer', message: 'Slack did not answer.', hint: 'Wait.' })
    }
    await at.clock.advance(61_000)
    expect(await at.card(id)).toMatchObject({ detour: null, left: { channel: 'C#general' } })
    await at.restart()
    await at.clock.advance(61_000)
    expect(cuts).toBeLessThan(1)
    expect(await at.card(id)).toMatchObject({ left: null })
    expect(live(at).map(({ channel }) => channel)).toEqual(['C#ops'])
  })

  it('probes a closed channel with one card a minute, not with all of them', async () => {
    await using at = await openMended()
    at.channels.fallback = '#general'
    const { closed, count } = closing(at, 'is-archived')
    closed.add('#ops')
    for (let made = 0; made < 20; made++) await at.mark(await at.newRun(), 'failure')
    await at.clock.advance(30_000)
    const before = count.refusals
    await at.clock.advance(300_000)
    expect(count.refusals - before).toBe(5)
    closed.clear()
    await at.clock.advance(61_000)
    expect(live(at).map(({ channel }) => channel)).toEqual(Array.from({ length: 20 }, () => 'C#ops'))
  })
})

describe('cards that somebody has tried again', () => {
  it('are shown at once when Slack takes them now, each once, however often it is pressed', async () => {
    await using at = await openMended()
    at.channels.fallback = '#general'
    const { closed } = closing(at, 'is-archived')
    closed.add('#ops')
    const elsewhere = await at.mark(await at.newRun(), 'failure')
    await at.clock.advance(1_000)
    at.channels.fallback = null
    at.slack.says.post = () => {
      throw new PermanentFailure({ code: 'missing-scope', message: 'A scope is missing', hint: 'Add it.' })
    }
    const nowhere = await at.mark(await at.newRun(), 'failure')
    await at.clock.advance(1_000)
    expect(await at.card(nowhere)).toMatchObject({ ts: null, undeliverable: expect.stringContaining('scope') })
    closed.clear()
    at.slack.says.post = null
    await at.clock.advance(5_000)
    expect(await at.card(nowhere)).toMatchObject({ ts: null })

    at.tryAgain([elsewhere, nowhere])
    at.tryAgain([elsewhere, nowhere])
    await at.clock.advance(1_000)
    at.tryAgain([elsewhere, nowhere])
    await at.clock.advance(1_000)
    for (const id of [elsewhere, nowhere]) {
      expect(await at.card(id)).toMatchObject({ channelId: 'C#ops', undeliverable: null, staleSince: null })
    }
    expect(live(at).map(({ channel }) => channel)).toEqual(['C#ops', 'C#ops'])
  })

  it('stay as they are when Slack still refuses them', async () => {
    await using at = await openMended()
    const { closed, count } = closing(at, 'is-archived')
    closed.add('#ops')
    at.slack.says.post = () => {
      count.refusals += 1
      throw new PermanentFailure({ code: 'missing-scope', message: 'A scope is missing', hint: 'Add it.' })
    }
    const id = await at.mark(await at.newRun(), 'failure')
    await at.clock.advance(1_000)
    at.tryAgain([id])
    await at.clock.advance(1_000)
    expect(count.refusals).toBe(2)
    expect(await at.card(id)).toMatchObject({ undeliverable: expect.stringContaining('scope'), ts: null })
    expect((await at.card(id))?.staleSince).not.toBeNull()
    expect(await at.entries('card.undeliverable')).toHaveLength(1)
  })

  it('wait where Slack asked to wait', async () => {
    await using at = await openMended()
    let asked = 0
    at.slack.says.post = () => {
      asked += 1
      throw new RetryLater({ code: 'rate-limited', message: 'Too many.', hint: 'Wait.', retryAfterMs: 30_000 })
    }
    const id = await at.mark(await at.newRun(), 'failure')
    await at.clock.advance(1_000)
    at.tryAgain([id])
    await at.clock.advance(1_000)
    expect(asked).toBe(1)
  })
})

describe('an alert', () => {
  it('is measured from the failure until Slack accepts it', async () => {
    await using at = await openMended()
    const run = await at.newRun()
    await at.clock.advance(20_000)
    await at.mark(run, 'failure')
    await at.clock.advance(1_000)
    const [accepted] = await at.entries('alert.accepted')
    expect(accepted).toMatchObject({ step: 'mail', run: run.id })
    expect(accepted?.facts).toMatchObject({ card: 'failure', late: false })
    expect(accepted?.facts?.ms).toBeGreaterThanOrEqual(20_000)
    expect(accepted?.facts?.ms).toBeLessThan(20_200)
  })

  it('that came late says so on its card, with the reason, for good', async () => {
    await using at = await openMended()
    const run = await at.newRun()
    const id = await at.mark(run, 'failure')
    at.slack.says.post = () => {
      throw new RetryLater({ code: 'http-503', message: 'Slack answered 503', hint: 'Wait.' })
    }
    await at.clock.advance(190_000)
    at.slack.says.post = null
    await at.clock.advance(31_000)
    const words = () => wordsOf(at.slack.messages[0]?.drawing.blocks ?? [])
    expect(words()).toMatch(/This alert came late: 3 min \d+ s after the failure.*Slack answered 503/)
    expect(at.slack.messages[0]?.drawing.text).toContain('This alert came late')
    expect((await at.entries('alert.accepted'))[0]?.facts?.late).toBe(true)
    at.runs.set(run.id, { ...run, subject: { ...run.subject, label: 'Jane Smith' } })
    await at.mark(run, 'failure')
    await at.clock.advance(2_000)
    expect(words()).toContain('Jane Smith')
    expect(words()).toContain('This alert came late')
    expect(await at.card(id)).toMatchObject({ late: { why: 'Slack answered 503' } })
    // What a person did is no alert: it is not measured.
    expect(await at.entries('alert.accepted')).toHaveLength(1)
  })
})
