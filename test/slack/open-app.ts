import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Change, CommitOutcome, Store } from '../../db/store.ts'
import { createLog } from '../../src/log.ts'
import type { SubjectKeys } from '../../src/secrets/subject-keys.ts'
import { createSlackApp, type Handlers } from '../../src/slack/app.ts'
import type { HandlerPorts } from '../../src/slack/handler.ts'
import type { Surface } from '../../src/slack/surface.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { TEAM, testIds } from '../support/test-ids.ts'
import { testKeys } from '../support/test-keys.ts'
import { testLedger } from '../support/test-ledger.ts'
import { memoryStore } from '../support/test-store.ts'
import { wordsOf } from '../views/drawn.ts'

const SECRET = 'a-signing-secret'

/** The real Bolt app behind a real HTTP server; the handlers are the test's. */
export async function openApp(
  handlers: Partial<Handlers>,
  socket?: { fetch: typeof fetch } | null,
  /** What the handlers work with, when it is more than a store and a ledger. */
  over?: { ports: HandlerPorts; keys: SubjectKeys },
) {
  const clock = createFakeClock()
  const ids = testIds(clock)
  const opened = memoryStore()
  const held = await testKeys(clock)
  const told: string[] = []
  const lines: string[] = []
  const refuse: { commit: ((change: Change) => Promise<CommitOutcome>) | null } = { commit: null }
  const kept = over?.ports.store ?? opened.store
  const commit: Store['commit'] = (change) => (refuse.commit ?? kept.commit)(change)
  const store: Store = { ...kept, commit }
  const surface = {
    async whisper(_place, drawing) {
      told.push(wordsOf(drawing.blocks))
    },
  } satisfies Partial<Surface>
  const ledger = testLedger({ store, keys: held.keys, clock })
  const app = createSlackApp({
    connection: socket
      ? { mode: 'socket', appToken: 'xapp-sample', fetch: socket.fetch }
      : { mode: 'http', signingSecret: SECRET },
    botToken: 'xoxb-sample',
    handlers: {
      ...{ commands: [], buttons: [], modals: [], shortcuts: [], said: async () => {}, homeOpened: async () => {} },
      joined: async () => {},
      ...handlers,
    },
    ports: { ...(over?.ports ?? { ledger, clock, ids, surface }), store } as HandlerPorts,
    keys: over?.keys ?? held.keys,
    log: createLog({
      level: 'debug',
      clock,
      scrubText: (text) => text,
      destination: { write: (line) => void lines.push(line) },
    }),
  })
  const server = createServer((req, res) => app.listener?.(req, res))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`
  const common = { team: { id: TEAM }, user: { id: 'U0OLGA', team_id: TEAM } }

  /** A request as Slack signs it: the same bytes each time that it is sent. */
  const signed = (payload: object) => {
    const isEvent = 'event' in payload
    const body = isEvent
      ? JSON.stringify(payload)
      : new URLSearchParams({ payload: JSON.stringify({ ...common, ...payload }) }).toString()
    const at = String(Math.floor(Date.now() / 1000))
    const headers: Record<string, string> = {
      'content-type': isEvent ? 'application/json' : 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': at,
      'x-slack-signature': `v0=${createHmac('sha256', SECRET).update(`v0:${at}:${body}`).digest('hex')}`,
      connection: 'close',
    }
    const heads = Object.entries({
      host: 'purser.example',
      'content-length': String(Buffer.byteLength(body)),
      ...headers,
    })
    return {
      raw: `POST /slack/events HTTP/1.1\r\n${heads.map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n${body}`,
      async send(more: Record<string, string> = {}): Promise<{ status: number; body: string }> {
        const response = await fetch(url, { method: 'POST', body, headers: { ...headers, ...more } })
        return { status: response.status, body: await response.text() }
      },
    }
  }
  const send = (payload: object) => signed(payload).send()
  return {
    ...{ app, url, clock, store, ledger, told, lines, refuse, signed },
    press: (action: object) =>
      send({ type: 'block_actions', trigger_id: '1.2', actions: [{ type: 'button', block_id: 'b', ...action }] }),
    submit: (callback: string, values: object) =>
      send({
        type: 'view_submission',
        view: { id: 'V1', callback_id: callback, private_metadata: '', state: { values } },
      }),
    close: (callback: string, values: object) =>
      send({
        type: 'view_closed',
        is_cleared: false,
        view: { type: 'modal', id: 'V1', callback_id: callback, private_metadata: 'm', state: { values } },
      }),
    async entries() {
      const entries = await opened.store.entries({ team: TEAM }, null, 50)
      return entries.map((entry) => ({ kind: entry.core.kind, body: JSON.stringify(ledger.open(entry)) }))
    },
    async [Symbol.asyncDispose]() {
      if (socket) await app.stop()
      await new Promise((resolve) => server.close(resolve))
      await opened[Symbol.asyncDispose]()
      held[Symbol.dispose]()
    },
  }
}
