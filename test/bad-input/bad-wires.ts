import type { OpenWorkplace } from '../support/workplace.ts'
import { fromOps, payloadBody, pressOf, sendWire, type WireAnswer } from '../support/workplace-wire.ts'

export interface BadWire {
  name: string
  send(office: OpenWorkplace): Promise<WireAnswer>
  status: number | readonly number[]
}

const command = new URLSearchParams({
  command: '/purser',
  text: 'help',
  team_id: fromOps.team.id,
  user_id: fromOps.user.id,
  channel_id: 'C0GENERAL0',
  trigger_id: '1.1.x',
}).toString()
const now = (): number => Math.floor(Date.now() / 1000)
const json = (body: string) => ({ body, contentType: 'application/json' })

/** Requests that are not Slack's, or not whole. */
export const badWires: BadWire[] = [
  { name: 'no signature', send: (office) => sendWire(office, { body: command, signature: null }), status: 401 },
  { name: 'an empty signature', send: (office) => sendWire(office, { body: command, signature: '' }), status: 401 },
  { name: 'another secret', send: (office) => sendWire(office, { body: command, secret: 'guessed' }), status: 401 },
  {
    name: 'a signature of another length',
    send: (office) => sendWire(office, { body: command, signature: 'v0=00' }),
    status: 401,
  },
  { name: 'an old request', send: (office) => sendWire(office, { body: command, stamp: now() - 600 }), status: 401 },
  {
    name: 'a request from the future',
    send: (office) => sendWire(office, { body: command, stamp: now() + 600 }),
    status: 401,
  },
  {
    name: 'a time that is no number',
    send: (office) => sendWire(office, { body: command, stamp: Number.NaN }),
    status: 401,
  },
  { name: 'an empty body', send: (office) => sendWire(office, { body: '' }), status: [400, 401, 404] },
  { name: 'broken JSON', send: (office) => sendWire(office, json('{"type":')), status: 400 },
  { name: 'JSON that is a list', send: (office) => sendWire(office, json('[]')), status: [400, 404] },
  { name: 'JSON that is null', send: (office) => sendWire(office, json('null')), status: [400, 404] },
  { name: 'a broken payload', send: (office) => sendWire(office, { body: 'payload=%7Bbroken' }), status: 400 },
  {
    name: 'a type that nobody sends',
    send: (office) => sendWire(office, { body: command, contentType: 'text/plain' }),
    status: [400, 404],
  },
  {
    name: 'XML',
    send: (office) => sendWire(office, { body: '<a/>', contentType: 'application/xml' }),
    status: [400, 404],
  },
  {
    name: 'a body of 5 MB',
    send: (office) => sendWire(office, json(JSON.stringify({ text: 'x'.repeat(5_000_000) }))),
    status: [400, 401, 413],
  },
  { name: 'another address', send: (office) => sendWire(office, { body: command, path: '/slack/event' }), status: 404 },
  {
    name: 'an address out of the tree',
    send: (office) => sendWire(office, { body: command, path: '/../../etc/passwd' }),
    status: 404,
  },
  {
    name: 'a press without a team and a user',
    send: (office) =>
      sendWire(office, { body: payloadBody(pressOf({ action_id: 'step.retry' }, { team: null, user: null })) }),
    status: [400, 500],
  },
]
