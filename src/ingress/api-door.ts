import type { IncomingMessage } from 'node:http'
import { z } from 'zod'
import type { Store } from '../../db/store.ts'
import type { Actor } from '../domain/actor.ts'
import { RunId, type TeamId } from '../domain/ids.ts'
import type { Run } from '../domain/run.ts'
import type { Engine, StartAnswer } from '../engine/decisions.ts'
import type { Inbox } from '../engine/inbox/inbox.ts'
import type { ApiRights, RulesBook } from '../rules/rules.ts'
import { type ApiClient, clientOf } from './api-clients.ts'
import { readBody } from './read-body.ts'
import { ENCODED, notWith, type Reply, refusal, TOO_LARGE } from './reply.ts'
import { runAnswer } from './run-answer.ts'

export interface ApiPorts {
  engine: Pick<Engine, 'start' | 'run'>
  inbox: Pick<Inbox, 'receive' | 'settle'>
  store: Pick<Store, 'runs' | 'subjectByKey'>
  rules: Pick<RulesBook, 'current'>
  clients: readonly ApiClient[]
  team: TeamId
}

interface Asking {
  client: string
  rights: ApiRights
  req: IncomingMessage
  url: URL
}

const MOST_RUNS = 50
const KEY_USED = refusal(
  422,
  'idempotency-key-used',
  'This key has started another workflow, or a run about somebody else: nothing was started now. Send a key of its own for each.',
)
const NO_SUCH_RUN = refusal(404, 'no-such-run', 'There is none with this id, or the rules do not let you see it.')

/** What scripts and other systems ask for with a token; null when the path is none of the API's. */
export async function apiDoor(ports: ApiPorts, req: IncomingMessage, path: string): Promise<Reply | null> {
  if (!path.startsWith('/api/')) return null
  const client = clientOf(ports.clients, req.headers.authorization)
  if (client === null) {
    const hint = 'Send Authorization: Bearer, with a token that PURSER_API_TOKENS names.'
    return { ...refusal(401, 'token', hint), headers: { 'www-authenticate': 'Bearer' } }
  }
  const rights = ports.rules.current().api(client)
  if (!rights) return refusal(403, 'no-rights', `The rules file gives ${client} no rights: add it under api.`)
  const asking = { client, rights, req, url: new URL(req.url ?? '/', 'http://purser.invalid') }
  const run = /^\/api\/runs\/([^/]+)$/.exec(path)?.[1]
  if (run !== undefined) return req.method === 'GET' ? await showRun(ports, asking, run) : notWith('GET')
  if (path === '/api/runs' && req.method === 'GET') return await listRuns(ports, asking)
  if (path === '/api/runs') return await posted(asking, (sent) => startRun(ports, asking, sent))
  if (path === '/api/events') return await posted(asking, (sent) => deliverEvent(ports, asking, sent))
  const hint = 'There are: POST /api/runs, GET /api/runs/:id, GET /api/runs?subject=…, POST /api/events.'
  return refusal(404, 'no-such-path', hint)
}

interface Posted {
  key: string
  body: unknown
}

/** Of what is posted everything has a key: the same one again is the same thing. */
async function posted({ req }: Asking, work: (sent: Posted) => Promise<Reply>): Promise<Reply> {
  if (req.method !== 'POST') return notWith('POST')
  if (req.headers['content-encoding'] !== undefined) return ENCODED
  const key = String(req.headers['idempotency-key'] ?? '')
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) {
    const hint = 'Send Idempotency-Key, up to 200 characters without spaces: the same key again starts nothing twice.'
    return refusal(400, 'idempotency-key', hint)
  }
  const bytes = await readBody(req)
  if (!bytes) return TOO_LARGE
  try {
    return await work({ key, body: JSON.parse(bytes.toString('utf8')) })
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return refusal(400, 'not-json', 'Send a JSON object.')
  }
}

const StartBody = z.strictObject({ workflow: z.string(), input: z.record(z.string(), z.unknown()) })

async function startRun(ports: ApiPorts, { client, rights }: Asking, { key, body }: Posted): Promise<Reply> {
  const read = StartBody.safeParse(body)
  if (!read.success) return notFitting(read.error, '{ "workflow": "employee-onboarding", "input": { … } }')
  const { workflow, input } = read.data
  if (!rights.start.includes(workflow)) return notAllowed('start', rights.start)
  const call = { team: ports.team, workflow, input, actor: actorOf(client), startKey: `api/${client}/${key}` }
  return started(await ports.engine.start(call), rights)
}

function started(answer: StartAnswer, rights: ApiRights): Reply {
  switch (answer.kind) {
    case 'started':
      return told(201, answer.run)
    case 'already-started':
      return answer.other ? KEY_USED : told(200, answer.run)
    case 'subject-busy': {
      const hint = 'One like it is under way for this subject. Wait until it has ended, or look at it.'
      const run = rights.see.includes(answer.run.workflow) ? { run: runAnswer(answer.run) } : {}
      return { status: 409, body: { error: 'subject-busy', hint, ...run } }
    }
    case 'invalid':
      return { status: 422, body: { error: 'input', hint: 'Correct these fields of input.', fields: answer.errors } }
    case 'refused': {
      const { code: error, message, hint } = answer
      return { status: 503, body: { error, message, hint }, headers: { 'retry-after': '60' } }
    }
  }
}

const told = (status: number, run: Run): Reply => ({
  status,
  body: { run: runAnswer(run) },
  headers: { location: `/api/runs/${run.id}` },
})

async function showRun({ engine, team }: ApiPorts, { rights }: Asking, id: string): Promise<Reply> {
  const parsed = RunId.safeParse(id)
  const run = parsed.success ? await engine.run(team, parsed.data) : null
  return run && rights.see.includes(run.workflow) ? { status: 200, body: { run: runAnswer(run) } } : NO_SUCH_RUN
}

async function listRuns({ engine, store, team }: ApiPorts, { rights, url }: Asking): Promise<Reply> {
  const key = url.searchParams.get('subject')?.trim().toLowerCase() ?? ''
  if (key === '') return refusal(400, 'subject', 'Say whose runs: GET /api/runs?subject=jane.doe@acme.example')
  const subject = await store.subjectByKey(team, key)
  const rows = subject ? await store.runs({ team, subjects: [subject.id] }, MOST_RUNS) : []
  const seen = rows.filter(({ workflow }) => rights.see.includes(workflow))
  const runs = await Promise.all(seen.map(({ id }) => engine.run(team, id)))
  return { status: 200, body: { runs: runs.flatMap((run) => (run ? [runAnswer(run)] : [])) } }
}

const EventBody = z.strictObject({
  event: z.string(),
  key: z.string().trim().min(1).max(300),
  payload: z.unknown().optional(),
})

async function deliverEvent(ports: ApiPorts, { client, rights }: Asking, { key: id, body }: Posted): Promise<Reply> {
  const read = EventBody.safeParse(body)
  if (!read.success) return notFitting(read.error, '{ "event": "contract-signed", "key": "42", "payload": { … } }')
  const { event, key, payload = {} } = read.data
  if (!rights.deliver.includes(event)) return notAllowed('deliver', rights.deliver)
  const { inbox, team } = ports
  const content = { kind: 'event', event, key, payload } as const
  const came = { team, source: `api:${client}`, event: id, type: event, content, by: actorOf(client) }
  const receipt = await inbox.receive(came)
  if (receipt.kind === 'seen') return { status: 200, body: { received: true, again: true } }
  const item = await inbox.settle(team, receipt.item)
  const { status = 'new', run = null } = item ?? {}
  return { status: 202, body: { received: true, status, ...(run === null ? {} : { run }) } }
}

const actorOf = (name: string): Actor => ({ kind: 'machine', part: 'api', name })

function notFitting(error: z.ZodError, example: string): Reply {
  const fields = Object.fromEntries(error.issues.map(({ path, message }) => [path.join('.') || 'body', message]))
  return { status: 400, body: { error: 'body', hint: `Send it like ${example}`, fields } }
}

const notAllowed = (deed: string, may: readonly string[]): Reply =>
  refusal(403, 'not-allowed', `The rules let you ${deed}: ${may.length === 0 ? 'nothing' : may.join(', ')}.`)
