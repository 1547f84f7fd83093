import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, vi } from 'vitest'
import { TEAM } from '../support/test-ids.ts'
import { openSocketServer } from './fake-socket-server.ts'
import { openApp } from './open-app.ts'

const click = (id: string) => ({
  ...{ type: 'interactive', envelope_id: id, accepts_response_payload: true },
  payload: {
    ...{ type: 'block_actions', team: { id: TEAM }, user: { id: 'U0OLGA', team_id: TEAM }, trigger_id: '1.2' },
    actions: [{ type: 'button', block_id: 'b', action_id: 'step.retry', value: id }],
  },
})

const soon = (look: () => boolean): Promise<void> =>
  vi.waitFor(() => expect(look()).toBe(true), { timeout: 60_000, interval: 5 })

/** Purser in Socket Mode; `asks` answers in place of Slack where it throws. */
async function open() {
  const server = await openSocketServer()
  const done: string[] = []
  const slack = { asked: 0, asks: async (): Promise<void> => {} }
  const fetch = (async (...given: Parameters<typeof server.fetch>) => {
    slack.asked += 1
    await slack.asks()
    return await server.fetch(...given)
  }) as typeof server.fetch
  const handle = async ({ value }: { value: string | null }) => void done.push(String(value))
  const at = await openApp({ buttons: [{ action: 'step.retry', handle }] }, { fetch })
  const comes = async (line: number, id: string): Promise<void> => {
    await server.deliver(line, click(id))
    await soon(() => done.includes(id) && server.acked.includes(id))
  }
  return {
    ...{ server, slack, at, comes },
    /** Time passes until Slack has been asked so often. */
    async asked(times: number): Promise<void> {
      for (let seconds = 0; slack.asked < times && seconds < 600; seconds++) {
        await at.clock.advance(1_000)
        await sleep(5)
      }
      expect(slack.asked).toBeGreaterThanOrEqual(times)
    },
    async [Symbol.asyncDispose]() {
      await at[Symbol.asyncDispose]()
      await server.close()
    },
  }
}

const down = async (): Promise<void> => {
  throw new Error('Slack answered 503')
}

describe('the line to Slack in Socket Mode', () => {
  it('is opened when Slack answers again, however often it did not, and nothing ends meanwhile', async () => {
    await using opened = await open()
    const { at, server, slack, comes, asked } = opened
    await at.app.start()
    await comes(1, 'E1')
    slack.asks = down
    server.cut()
    await asked(5)
    expect(server.connections()).toBe(1)
    expect(at.lines.filter((line) => line.includes('could not be opened'))).not.toEqual([])
    slack.asks = async () => {}
    await asked(6)
    await comes(2, 'E2')
  })

  it('does not keep Purser from starting while Slack is down', async () => {
    await using opened = await open()
    const { at, slack, comes, asked } = opened
    slack.asks = down
    await at.app.start()
    await asked(3)
    slack.asks = async () => {}
    await asked(4)
    await comes(1, 'E1')
  })

  it('is given up by a stop, in whatever it is: while it stands, is asked for, is opened, or is waited for', async () => {
    for (const when of ['stands', 'asked for', 'opened', 'waited for'] as const) {
      await using opened = await open()
      const { at, server, slack, asked } = opened
      const { promise, resolve } = Promise.withResolvers<void>()
      if (when !== 'waited for') await at.app.start()
      if (when === 'asked for') slack.asks = () => promise
      if (when === 'waited for') {
        slack.asks = down
        await at.app.start()
        await asked(3)
      } else if (when !== 'stands') {
        const before = slack.asked
        server.cut()
        await soon(() => slack.asked > before)
        if (when === 'opened') await soon(() => server.connections() === 2)
      }
      const lines = server.connections()
      await at.app.stop()
      resolve()
      slack.asks = async () => {}
      await at.clock.advance(120_000)
      // One that was just being opened is closed again.
      expect(server.connections()).toBeLessThanOrEqual(lines + 1)
      await soon(() => server.open() === 0)
    }
  })

  it('is not asked for without end where none of them lasts', async () => {
    await using opened = await open()
    const { at, server, slack } = opened
    await at.app.start()
    const waits: (number | null)[] = []
    for (let line = 1; line < 9; line++) {
      await soon(() => server.open() > 0)
      server.cut()
      await soon(() => at.clock.waiting() > 0 || slack.asked > line)
      waits.push(at.clock.untilNext())
      await at.clock.advance(at.clock.untilNext() ?? 0)
      await soon(() => slack.asked > line)
    }
    expect(waits).toEqual([null, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000])
  })
})
