import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Change, CommitOutcome } from '../../db/store.ts'
import { handlers } from '../../handlers/index.ts'
import { leftOver, takeUp } from '../../handlers/left-over/take-up.ts'
import { createLog } from '../../src/log.ts'
import type { HandlerPorts } from '../../src/slack/handler.ts'
import { actionIds } from '../../views/action-ids.ts'
import { encodeStepRef } from '../../views/references.ts'
import { refusing } from '../engine/scripted-egress.ts'
import { OLGA, openHandlers } from '../handlers/open-handlers.ts'
import { TEAM } from '../support/test-ids.ts'
import { openSocketServer } from './fake-socket-server.ts'
import { openApp } from './open-app.ts'

export const MODES = ['http', 'socket'] as const
export type Mode = (typeof MODES)[number]
/** A click that retries a step, and a question in direct messages. */
export const DEEDS = ['click', 'question'] as const
export type Deed = (typeof DEEDS)[number]

const never = (): Promise<never> => new Promise(() => {})

/** Waits for a fact; Bolt's own lines take real time. */
export async function until(look: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let tries = 0; tries < 4_000; tries++) {
    if (await look()) return
    await sleep(5)
  }
  throw new Error(`it did not come: ${what}`)
}

/** The product's handlers over a real engine and store, reached by Slack over HTTP or Socket Mode. */
export async function openLife(mode: Mode, deed: Deed) {
  const at = await openHandlers()
  at.script.plan('mail', refusing)
  const run = await at.begin()
  const step = await at.step(run, 'mail')
  const replies = new Map<string, number>()
  /** What is at work takes until the process is gone. */
  const work = { hangs: false }
  /** Looks for what may stand already, as Slack's surface does. */
  const reply: HandlerPorts['surface']['reply'] = async ({ key, mayStand }) => {
    if (work.hangs) return await never()
    if (!mayStand || !replies.has(key)) replies.set(key, (replies.get(key) ?? 0) + 1)
  }
  const decide: HandlerPorts['engine']['decide'] = (call) => (work.hangs ? never() : at.ports.engine.decide(call))
  const ports: HandlerPorts = {
    ...at.ports,
    engine: { ...at.ports.engine, decide },
    surface: { ...at.ports.surface, reply },
  }
  const closings: (() => Promise<unknown>)[] = []

  const start = async () => {
    const server = mode === 'socket' ? await openSocketServer() : null
    const app = await openApp(handlers, server, { ports, keys: at.keys })
    closings.push(async () => {
      await app[Symbol.asyncDispose]()
      await server?.close()
    })
    await app.app.start()
    return { app, server }
  }
  let alive = await start()

  const action = { type: 'button', block_id: 'b', action_id: actionIds.retry }
  const value = encodeStepRef({ run: run.id, step: step.key, version: step.version })
  const user = { id: OLGA.user, team_id: TEAM }
  const bodyOf = (name: string): object =>
    deed === 'click'
      ? { type: 'block_actions', team: { id: TEAM }, user, trigger_id: name, actions: [{ ...action, value }] }
      : {
          ...{ type: 'event_callback', team_id: TEAM, event_id: name },
          event: {
            type: 'message',
            channel_type: 'im',
            user: OLGA.user,
            text: 'what is stuck?',
            channel: 'D0DM',
            ts: name,
          },
        }
  const sent = new Map<string, ReturnType<typeof alive.app.signed>>()
  const lines = new Set<{ destroy(): void }>()
  const acked = new Set<string>()

  /** Delivers it once; over HTTP on a line of its own, by the same bytes each time. */
  const deliver = async (name: string, line = 1): Promise<void> => {
    const { app, server } = alive
    if (server) {
      const type = deed === 'click' ? 'interactive' : 'events_api'
      const envelope = { type, envelope_id: name, payload: bodyOf(name), accepts_response_payload: true }
      return await server.deliver(line, envelope)
    }
    const request = sent.get(name) ?? app.signed(bodyOf(name))
    sent.set(name, request)
    const { hostname, port } = new URL(app.url)
    const socket = connect(Number(port), hostname)
    lines.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('data', (bytes) => {
      if (bytes.toString().startsWith('HTTP/1.1 200')) acked.add(name)
    })
    socket.write(request.raw)
  }

  const life = {
    at,
    deliver,
    isAcked: (name: string): boolean => (alive.server ? alive.server.acked.includes(name) : acked.has(name)),
    /** The line to Slack is gone, from one moment to the next. */
    cut(): void {
      alive.server?.cut()
      for (const line of lines) line.destroy()
      lines.clear()
    },
    renew: async (): Promise<void> => {
      const { server } = alive
      if (server) await server.deliver(1, { type: 'disconnect', reason: 'refresh_requested' })
      else life.cut()
    },
    /** Answers in place of the store's commit to what the app itself writes. */
    onCommit(how: ((change: Change) => Promise<CommitOutcome>) | null): void {
      alive.app.refuse.commit = how
    },
    commit: (change: Change): Promise<CommitOutcome> => at.store.commit(change),
    /** How often it was done: retried, or answered. */
    done: async (): Promise<number> =>
      deed === 'click'
        ? (await at.step(run, 'mail')).decisions.filter(({ kind }) => kind === 'retry').length
        : [...replies.values()].reduce((sum, count) => sum + count, 0),
    hangWork(): void {
      work.hangs = true
    },
    /** The process is gone from one moment to the next, and another one begins. */
    async die(): Promise<number> {
      if (alive.server) await alive.app.app.stop()
      else life.cut()
      work.hangs = false
      alive = await start()
      const log = createLog({ level: 'error', clock: at.clock, scrubText: (text) => text, destination: { write() {} } })
      return await takeUp({ ports, keys: at.keys, log }, await leftOver(at.store)).done
    },
    left: async (): Promise<number> => (await at.store.unhandled(null, 10)).length,
    async [Symbol.asyncDispose]() {
      for (const line of lines) line.destroy()
      for (const close of closings) await close()
      await at[Symbol.asyncDispose]()
    },
  }
  return life
}

export type Life = Awaited<ReturnType<typeof openLife>>
