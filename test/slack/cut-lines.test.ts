import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { TEAM } from '../support/test-ids.ts'
import { openSocketServer } from './fake-socket-server.ts'
import { openApp } from './open-app.ts'

const PAYLOAD = {
  type: 'block_actions',
  team: { id: TEAM },
  user: { id: 'U0OLGA', team_id: TEAM },
  trigger_id: '1.2',
  actions: [{ type: 'button', block_id: 'b', action_id: 'step.retry', value: 'one' }],
}
const envelope = (id: string) => ({
  type: 'interactive',
  envelope_id: id,
  payload: PAYLOAD,
  accepts_response_payload: true,
})

async function until(look: () => boolean): Promise<void> {
  for (let tries = 0; tries < 10_000 && !look(); tries++) await sleep(5)
  expect(look()).toBe(true)
}

/** Purser in Socket Mode, and a button whose work takes as long as the test says. */
async function openSocketApp() {
  const server = await openSocketServer()
  const done: string[] = []
  const gate = { work: Promise.resolve() }
  const handle = async ({ value }: { value: string | null }) => {
    await gate.work
    done.push(String(value))
  }
  const at = await openApp({ buttons: [{ action: 'step.retry', handle }] }, server)
  await at.app.start()
  return {
    ...{ server, done, gate, at },
    clicks: async () => (await at.entries()).filter(({ kind }) => kind === 'click.received').length,
    async [Symbol.asyncDispose]() {
      await at[Symbol.asyncDispose]()
      await server.close()
    },
  }
}

describe.concurrent('a click in Socket Mode', () => {
  it('is taken, acknowledged and carried out', async () => {
    await using open = await openSocketApp()
    await open.server.deliver(1, envelope('E1'))
    await until(() => open.server.acked.includes('E1') && open.done.length === 1)
    expect(await open.clicks()).toBe(1)
  })

  it('whose line is cut before the acknowledgement is carried out, and once, also when it comes again', async () => {
    await using open = await openSocketApp()
    const { at, server, done } = open
    const { promise, resolve } = Promise.withResolvers<void>()
    server.asked.answered = promise
    // The line goes while the click is being written, so that its acknowledgement finds no line.
    at.refuse.commit = async (change) => {
      server.cut()
      await sleep(50)
      at.refuse.commit = null
      return await at.store.commit(change)
    }
    await server.deliver(1, envelope('E1'))
    await until(() => done.length === 1)
    expect(server.acked).toEqual([])
    resolve()
    await server.deliver(2, envelope('E1'))
    await until(() => server.acked.includes('E1'))
    await sleep(50)
    expect(done).toEqual(['one'])
    expect(await open.clicks()).toBe(1)
  })

  it('whose line is cut after the acknowledgement and before the work is carried out once', async () => {
    await using open = await openSocketApp()
    const { server, done } = open
    const { promise, resolve } = Promise.withResolvers<void>()
    open.gate.work = promise
    await server.deliver(1, envelope('E1'))
    await until(() => server.acked.includes('E1'))
    server.cut()
    await server.connected(2)
    resolve()
    await until(() => done.length === 1)
    await server.deliver(2, envelope('E1'))
    await until(() => server.acked.length === 2)
    await sleep(50)
    expect(done).toEqual(['one'])
  })

  it('that was not written is not acknowledged, and taken when it comes again', async () => {
    await using open = await openSocketApp()
    const { at, server, done } = open
    at.refuse.commit = () => Promise.reject(new Error('the disk is full'))
    await server.deliver(1, envelope('E1'))
    await sleep(100)
    expect(server.acked).toEqual([])
    at.refuse.commit = null
    await server.deliver(1, envelope('E1'))
    await until(() => server.acked.includes('E1') && done.length === 1)
  })

  it('is taken on the next line when Slack renews it, with clicks before, between and after', async () => {
    await using open = await openSocketApp()
    const { server, done } = open
    await server.deliver(1, envelope('E1'))
    await until(() => done.length === 1)
    await server.deliver(1, { type: 'disconnect', reason: 'refresh_requested' })
    await server.deliver(2, envelope('E2'))
    await until(() => server.acked.includes('E2') && done.length === 2)
    // It has stood for a while: the next one is opened at once.
    await open.at.clock.advance(20_000)
    server.cut()
    await server.deliver(3, envelope('E3'))
    await until(() => server.acked.includes('E3') && done.length === 3)
    expect(await open.clicks()).toBe(3)
  })
})

describe('a click over HTTP', () => {
  it('whose line is cut before the answer is carried out once, also when the same request comes again', async () => {
    const done: string[] = []
    const handle = async ({ value }: { value: string | null }) => void done.push(String(value))
    await using at = await openApp({ buttons: [{ action: 'step.retry', handle }] })
    const request = at.signed(PAYLOAD)
    const { hostname, port } = new URL(at.url)
    const line = connect(Number(port), hostname)
    line.write(request.raw)
    at.refuse.commit = async (change) => {
      line.destroy()
      await sleep(30)
      at.refuse.commit = null
      return await at.store.commit(change)
    }
    await until(() => done.length === 1)
    expect((await request.send()).status).toBe(200)
    await sleep(50)
    expect(done).toEqual(['one'])
    expect((await at.entries()).map(({ kind }) => kind)).toEqual(['click.received'])
  })
})
