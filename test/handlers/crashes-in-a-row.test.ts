import type { KnownBlock } from '@slack/types'
import { describe, expect, test } from 'vitest'
import { CARRIED_OUT_WITHIN_MS } from '../../handlers/left-over/take-up.ts'
import { PermanentFailure, RetryLater } from '../../src/domain/errors.ts'
import type { Run } from '../../src/domain/run.ts'
import { actionIds } from '../../views/action-ids.ts'
import { encodeRunRef } from '../../views/references.ts'
import { settle } from '../support/turns.ts'
import { type At, failed, gone, nextProcess, takeUp } from './left.ts'
import { OLGA, openHandlers, TIM } from './open-handlers.ts'

const never = (): Promise<never> => new Promise(() => {})
const OLD = CARRIED_OUT_WITHIN_MS + 60_000
const parts = { code: 'no-answer', message: 'Slack did not answer.', hint: 'Wait.' }

/** A process that dies while it decides: before it is written, or right behind that. */
const dyingEngine = (at: At, when: 'before' | 'behind'): At['engine'] => ({
  ...at.engine,
  async decide(call) {
    if (when === 'behind') await at.engine.decide(call)
    return await never()
  },
})

async function dies(at: At, when: 'before' | 'behind'): Promise<void> {
  await nextProcess(at, { engine: dyingEngine(at, when) })
  await settle()
}

const decisions = async (at: At, run: Run) => (await at.step(run, 'mail')).decisions.map(({ kind }) => kind)

describe('when the next process dies too', () => {
  test('before it came to a click, the one after it carries it out', async () => {
    await using at = await openHandlers()
    const { run, said } = await failed(at, actionIds.retry)
    await gone(at, TIM, said)
    await dies(at, 'before')
    await at.clock.advance(120_000)
    // Other things happen in between, so that the click is not among the last entries.
    await at.begin({ email: 'john@acme.example', name: 'John Smith' })
    await dies(at, 'before')
    await at.clock.advance(120_000)
    expect(await decisions(at, run)).toEqual([])
    expect(await takeUp(at)).toBe(1)
    expect(await decisions(at, run)).toEqual(['retry'])
    expect(await takeUp(at)).toBe(0)
  })

  test('right behind what it did, three times over, it is done once and the person is told', async () => {
    await using at = await openHandlers()
    const { run, said } = await failed(at, actionIds.retry)
    await gone(at, TIM, said)
    await dies(at, 'before')
    await dies(at, 'behind')
    const silent = { ...at.ports.surface, whisper: never }
    await nextProcess(at, { surface: silent })
    await settle()
    expect(at.surface.shown).toEqual([])
    expect(await takeUp(at)).toBe(1)
    expect(await decisions(at, run)).toEqual(['retry'])
    expect(at.script.of('mail')).toHaveLength(2)
    expect(at.surface.shown).toMatchObject([{ to: 'one', words: expect.stringMatching(/Tim Teammate retried it/) }])
  })

  test('a thousand clicks are all dealt with, each once, the oldest first', async () => {
    await using at = await openHandlers()
    const retried: Run[] = []
    for (let n = 0; n < 5; n++) {
      const { run, said } = await failed(at, actionIds.retry, `person${n}@acme.example`)
      await gone(at, TIM, said, 1)
      retried.push(run)
    }
    const [shown] = retried
    if (!shown) throw new Error('no run')
    for (let n = 0; n < 995; n++) {
      const action = { action_id: actionIds.showRun, block_id: `b${n}`, value: encodeRunRef(shown.id) }
      await gone(at, n % 2 === 0 ? OLGA : TIM, { action }, 1)
    }
    const first = await nextProcess(at)
    for (let turns = 0; turns < 200 && at.surface.shown.length < 100; turns++) await settle()
    await first.stop()
    const early = at.surface.shown.length
    expect(early).toBeGreaterThan(0)
    expect(early).toBeLessThan(995)
    for (const run of retried) expect(await decisions(at, run)).toEqual(['retry'])
    await takeUp(at)
    expect(at.surface.shown).toHaveLength(995)
    expect(await at.store.unhandled(null, 10)).toEqual([])
  }, 30_000)
})

describe('a click whose next process comes after hours', () => {
  test('is not carried out any more; who pressed it is told so, and how it stands now', async () => {
    await using at = await openHandlers()
    const { run, said } = await failed(at, actionIds.retry)
    await gone(at, TIM, said, OLD)
    expect(await takeUp(at)).toBe(1)
    expect(await decisions(at, run)).toEqual([])
    const told = at.surface.last()
    expect(told.to).toBe('one')
    for (const words of ['Skip…', 'It was not carried out', 'Jane Doe', 'Now', 'Needs somebody']) {
      expect(told.words).toContain(words)
    }
    await at.click(told.drawing.blocks as KnownBlock[], 'Show', TIM)
    expect(at.surface.last().words).toContain('Open the mailbox')
    expect(await takeUp(at)).toBe(0)
  })

  test('within half an hour it is carried out', async () => {
    await using at = await openHandlers()
    const { run, said } = await failed(at, actionIds.retry)
    await gone(at, TIM, said, CARRIED_OUT_WITHIN_MS)
    await takeUp(at)
    expect(await decisions(at, run)).toEqual(['retry'])
  })

  test('is not said to have come to nothing when it may have been carried out before the stop', async () => {
    await using at = await openHandlers()
    const { run, said } = await failed(at, actionIds.retry)
    await gone(at, TIM, said, 0)
    await dies(at, 'behind')
    await at.clock.advance(OLD)
    expect(await decisions(at, run)).toEqual(['retry'])
    await takeUp(at)
    expect(at.surface.last().words).toContain('the ledger notes under your name: 🔁 Retry decided')
    expect(at.surface.last().words).not.toContain('It was not carried out')
  })

  test('nor is a command, which has no run to show', async () => {
    await using at = await openHandlers()
    await gone(at, OLGA, { command: '/purser', text: 'pause everything the vendor moves house' }, OLD)
    expect(await takeUp(at)).toBe(1)
    expect(at.engine.holds.standing(OLGA.team)).toEqual([])
    expect(at.surface.last().words).toContain('/purser')
  })

  test('that cannot be read any more is told all the same', async () => {
    await using at = await openHandlers()
    await gone(at, TIM, { nobody: 'knows' })
    expect(await takeUp(at)).toBe(1)
    expect(at.surface.last()).toMatchObject({ to: 'one', channel: null })
  })
})

describe('a question that was acknowledged and not answered before the process ended', () => {
  const QUESTION = { text: 'what is stuck?', channel: 'D0DM', ts: '7.1', thread: null }

  test('is answered by the next one, once', async () => {
    await using at = await openHandlers()
    await failed(at, actionIds.retry)
    await gone(at, TIM, QUESTION)
    expect(await takeUp(at)).toBe(1)
    expect(at.surface.shown).toMatchObject([{ to: 'all', channel: 'D0DM', threadTs: null }])
    expect(at.surface.last().words).toContain('Jane Doe')
    expect(at.surface.last().words).not.toContain('You asked')
    expect(await takeUp(at)).toBe(0)
  })

  test('in its thread, when it was a mention, and never twice in Slack: it is looked for first', async () => {
    await using at = await openHandlers()
    const places: unknown[] = []
    at.ports.surface.reply = async (place) => void places.push(place)
    await gone(at, TIM, { ...QUESTION, channel: 'C0OPS', thread: '7.1' })
    await takeUp(at)
    const place = { channel: 'C0OPS', threadTs: '7.1', key: 'C0OPS/7.1', asker: TIM.user, mayStand: true }
    expect(places).toEqual([place])
  })

  test('is answered also after hours, saying when it was asked', async () => {
    await using at = await openHandlers()
    await gone(at, TIM, QUESTION, OLD)
    await takeUp(at)
    expect(at.surface.last().words).toMatch(/You asked .*while Purser was not running.*Nothing is stuck/s)
  })

  test('an invitation to a channel is greeted', async () => {
    await using at = await openHandlers()
    await gone(at, TIM, { channel: 'C0NEW' })
    await takeUp(at)
    expect(at.surface.last()).toMatchObject({ to: 'all', channel: 'C0NEW' })
  })
})

describe('while Slack does not answer', () => {
  test('what was left waits, and what one person did is not overtaken', async () => {
    await using at = await openHandlers()
    const { whisper } = at.ports.surface
    let silent = 0
    at.ports.surface.whisper = async () => {
      silent += 1
      throw new RetryLater(parts)
    }
    await gone(at, OLGA, { command: '/purser', text: 'pause everything the vendor moves house' })
    await gone(at, OLGA, { command: '/purser', text: 'resume everything' })
    const { done } = await nextProcess(at)
    await at.clock.advance(5_000)
    expect(silent).toBeGreaterThan(1)
    expect(await at.store.unhandled(null, 10)).toHaveLength(2)
    expect(at.engine.holds.standing(OLGA.team)).toHaveLength(1)
    at.ports.surface.whisper = whisper
    await at.clock.advance(60_000)
    expect(await done).toBe(2)
    expect(at.engine.holds.standing(OLGA.team)).toEqual([])
  })

  test('rights that cannot be looked up are looked up later, not refused', async () => {
    await using at = await openHandlers()
    const { run, said } = await failed(at, actionIds.retry)
    await gone(at, TIM, said)
    const { person } = at.ports.directory
    at.ports.directory.person = async () => {
      throw new RetryLater(parts)
    }
    const { done } = await nextProcess(at)
    await at.clock.advance(5_000)
    expect(at.surface.shown).toEqual([])
    at.ports.directory.person = person
    await at.clock.advance(60_000)
    expect(await done).toBe(1)
    expect(await decisions(at, run)).toEqual(['retry'])
  })

  test('who has left the channel is told in direct messages', async () => {
    await using at = await openHandlers()
    const { said } = await failed(at, actionIds.skip)
    await gone(at, TIM, said)
    const { whisper } = at.ports.surface
    at.ports.surface.whisper = async (place, ...rest) => {
      if (place.channel !== null) throw new PermanentFailure({ ...parts, code: 'user-not-in-channel' })
      await whisper(place, ...rest)
    }
    await takeUp(at)
    expect(at.surface.last()).toMatchObject({ to: 'one', channel: null })
  })
})
