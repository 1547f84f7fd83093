import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, vi } from 'vitest'
import { TEAM } from '../support/test-ids.ts'
import { openApp } from './open-app.ts'

/** Bolt acknowledges before handlers end; they are waited for. */
const soon = (look: () => boolean): Promise<void> =>
  vi.waitFor(() => expect(look()).toBe(true), { timeout: 30_000, interval: 5 })

describe('what Slack sends', () => {
  it('is on disk when it is acknowledged, and is not acknowledged when it cannot be written', async () => {
    const handled: string[] = []
    const handle = async () => void handled.push('retry')
    await using at = await openApp({ buttons: [{ action: 'step.retry', handle }] })
    expect((await at.press({ action_id: 'step.retry', value: 'one' })).status).toBe(200)
    expect((await at.entries()).map(({ kind }) => kind)).toEqual(['click.received'])
    await soon(() => handled.length > 0)
    at.refuse.commit = () => Promise.reject(new Error('the disk is full'))
    expect((await at.press({ action_id: 'step.retry', value: 'two' })).status).toBe(500)
    expect(handled).toEqual(['retry'])
    // Bolt keeps a timer of three seconds for what was never acknowledged; it is waited for here.
    await sleep(3_100)
  })

  it('counts as handled only when its handler has ended: until then a restart takes it up', async () => {
    const { promise: isOver, resolve: end } = Promise.withResolvers<void>()
    let hasBegun = false
    const handle = async (): Promise<void> => {
      hasBegun = true
      await isOver
    }
    await using at = await openApp({ buttons: [{ action: 'step.retry', handle }] })
    await at.press({ action_id: 'step.retry', value: 'one' })
    await soon(() => hasBegun)
    expect(await at.store.unhandled(null, 10)).toHaveLength(1)
    end()
    await vi.waitFor(async () => expect(await at.store.unhandled(null, 10)).toEqual([]), { timeout: 30_000 })
  })

  it('is heard of each of two people who press one button at the same moment, and of one who presses it twice', async () => {
    const heard: string[] = []
    const handle = async ({ user }: { user: string }) => void heard.push(user)
    await using at = await openApp({ buttons: [{ action: 'step.retry', handle }] })
    const press = {
      type: 'block_actions',
      actions: [{ type: 'button', block_id: 'b', action_id: 'step.retry', value: 'one' }],
    }
    const by = (user: string, trigger: string) =>
      at.signed({ ...press, user: { id: user, team_id: TEAM }, trigger_id: trigger })
    const requests = [by('U0OLGA', '1.1'), by('U0TIM', '1.2'), by('U0TIM', '1.3')]
    const answers = await Promise.all([...requests, ...requests].map((request) => request.send()))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200])
    await soon(() => heard.length === 3)
    expect(heard.sort()).toEqual(['U0OLGA', 'U0TIM', 'U0TIM'])
    expect((await at.entries()).filter(({ kind }) => kind === 'click.received')).toHaveLength(3)
  })

  it('is answered when its handler fails, with a reference that the log has too', async () => {
    const handle = async () => {
      throw new Error('a fault')
    }
    await using at = await openApp({ buttons: [{ action: 'step.retry', handle }] })
    await at.press({ action_id: 'step.retry', value: 'one' })
    await soon(() => at.told.length > 0)
    const reference = /[0-9a-f]{8}/.exec(at.told.join())?.[0]
    expect(reference).toBeDefined()
    expect(at.lines.join()).toContain(`"reference":"${reference}"`)
  })

  it('is answered when its button was drawn by an older version', async () => {
    await using at = await openApp({})
    await at.press({ action_id: 'step.long-gone', value: 'one' })
    await soon(() => at.told.length > 0)
    expect(at.told).toHaveLength(1)
  })

  it('leaves nothing of a form under the workspace’s key, where erasing a person would not reach it', async () => {
    let seen: unknown = null
    await using at = await openApp({
      modals: [
        {
          callback: 'run.start',
          async handle({ values }) {
            seen = values
            return { kind: 'close' }
          },
        },
      ],
    })
    const values = { name: { value: { type: 'plain_text_input', value: 'Jane Doe' } } }
    expect((await at.submit('run.start', values)).status).toBe(200)
    expect(seen).toEqual(values)
    const [entry] = await at.entries()
    expect(entry?.kind).toBe('submission.received')
    expect(entry?.body).toContain('"name"')
    expect(entry?.body).not.toContain('Jane')
  })

  it('has what people typed sealed under a key of its own, so that it can be erased with whom it names', async () => {
    await using at = await openApp({})
    const event = { type: 'message', channel_type: 'im', user: 'U0OLGA', channel: 'D0OLGA', ts: '1.1' }
    const ask = (text: string, event_id: string) =>
      at.signed({ type: 'event_callback', team_id: TEAM, event_id, event: { ...event, text } }).send()
    for (const text of ['How is Jane Doe?', 'How is John Doe?']) expect((await ask(text, text)).status).toBe(200)
    await at.press({ action_id: 'step.retry', value: 'one' })
    const entries = await at.store.entries({ team: TEAM }, null, 9)
    const owners = entries.flatMap(({ core }) => (core.kind === 'event.received' ? [core.body?.keys] : []))
    expect(owners).toHaveLength(2)
    expect(new Set(owners.flat().map((key) => key?.for)).size).toBe(2)
    expect(owners.flat().map((key) => key?.for)).not.toContain(TEAM)
    const [click] = entries.filter(({ core }) => core.kind === 'click.received')
    expect(click?.core.body?.keys.map((key) => key.for)).toEqual([TEAM])
  })

  it('keeps what stood in a form that is closed before Slack has its answer, and nothing of it in the ledger', async () => {
    const kept: unknown[] = []
    await using at = await openApp({
      modals: [
        {
          callback: 'run.start',
          handle: async () => ({ kind: 'close' }),
          async closed({ values, metadata, user }) {
            kept.push({ values, metadata, user })
          },
        },
        { callback: 'other', handle: async () => ({ kind: 'close' }) },
      ],
    })
    const values = { name: { value: { type: 'plain_text_input', value: 'Jane Doe' } } }
    expect((await at.close('run.start', values)).status).toBe(200)
    expect(kept).toEqual([{ values, metadata: 'm', user: 'U0OLGA' }])
    expect(await at.entries()).toEqual([])
  })
})
