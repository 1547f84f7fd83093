import { describe, expect, it } from 'vitest'
import { onWire } from '../engine/scripted-egress.ts'
import { TEAM } from '../support/test-ids.ts'
import { settle } from '../support/turns.ts'
import { openDoors } from './open-doors.ts'

type Opened = Awaited<ReturnType<typeof openDoors>>

const TOKEN = { authorization: 'Bearer token-of-the-hr-platform' }
const JANE = { name: 'Jane Doe', email: 'jane@acme.example' }
const START = { workflow: 'employee-onboarding', input: JANE }

const post = (opened: Opened, path: string, body: unknown, headers: Record<string, string> = {}) =>
  opened.send(path, {
    headers: { ...TOKEN, 'idempotency-key': 'K1', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
const get = (opened: Opened, path: string) => opened.send(path, { method: 'GET', headers: TOKEN })

describe('POST /api/runs', () => {
  it('starts a run once for each key, on behalf of the client', async () => {
    await using opened = await openDoors()
    const first = await post(opened, '/api/runs', START)
    expect(first).toMatchObject({ status: 201, body: { run: { workflow: 'employee-onboarding', status: 'running' } } })
    const again = await post(opened, '/api/runs', START)
    expect(again).toMatchObject({ status: 200, headers: first.headers })
    const [row, ...more] = await opened.runs()
    expect(more).toEqual([])
    const run = row && (await opened.at.engine().run(TEAM, row.id))
    expect(run?.startedBy).toEqual({ kind: 'machine', part: 'api', name: 'hr-platform' })
  })

  it('starts nothing, and says so, under a key that has started something else', async () => {
    await using opened = await openDoors()
    await post(opened, '/api/runs', START)
    const john = { ...START, input: { name: 'John Doe', email: 'john@acme.example' } }
    expect(await post(opened, '/api/runs', john)).toMatchObject({
      status: 422,
      body: { error: 'idempotency-key-used' },
    })
    expect(await opened.runs()).toHaveLength(1)
    expect(await post(opened, '/api/runs', john, { 'idempotency-key': 'K2' })).toMatchObject({ status: 201 })
  })

  it('tells what does not fit by its field, and that one is under way', async () => {
    await using opened = await openDoors()
    expect(await post(opened, '/api/runs', { ...START, input: { name: '', email: 'x' } })).toMatchObject({
      status: 422,
      body: { fields: { name: expect.any(String), email: expect.any(String) } },
    })
    const wire = onWire()
    opened.at.script.plan('account', wire.behaviour)
    expect((await post(opened, '/api/runs', START, { 'idempotency-key': 'K2' })).status).toBe(201)
    expect(await post(opened, '/api/runs', START, { 'idempotency-key': 'K3' })).toMatchObject({
      status: 409,
      body: { error: 'subject-busy', run: { status: 'running' } },
    })
    expect(await opened.runs()).toHaveLength(1)
    wire.answer('done')
    await settle()
  })
})

describe('GET /api/runs', () => {
  it('shows a run, and those about somebody, of the workflows that the client may see', async () => {
    await using opened = await openDoors()
    const { headers } = await post(opened, '/api/runs', START)
    const shown = await get(opened, headers?.location ?? '')
    expect(shown).toMatchObject({ status: 200, body: { run: { status: 'succeeded', subject: { key: JANE.email } } } })
    expect(await get(opened, '/api/runs?subject=Jane@Acme.example')).toMatchObject({
      status: 200,
      body: { runs: [{ status: 'succeeded', steps: [{ key: 'account', status: 'succeeded' }] }] },
    })
    expect(await get(opened, '/api/runs?subject=nobody')).toEqual({ status: 200, body: { runs: [] } })
    const hidden = await opened.begin('acme-42')
    expect((await get(opened, `/api/runs/${hidden.id}`)).status).toBe(404)
    expect(await get(opened, '/api/runs?subject=acme-42')).toEqual({ status: 200, body: { runs: [] } })
  })
})

describe('POST /api/events', () => {
  const SIGNED = { event: 'contract-signed', key: 'acme-42', payload: { signedAt: '2026-11-02' } }

  it('gives an event to the run that waits for it, once', async () => {
    await using opened = await openDoors()
    const run = await opened.begin('acme-42')
    expect(await post(opened, '/api/events', SIGNED)).toEqual({
      status: 202,
      body: { received: true, status: 'taken', run: run.id },
    })
    expect(await post(opened, '/api/events', SIGNED)).toMatchObject({ status: 200, body: { again: true } })
    expect(await opened.at.statuses(run.id)).toBe('succeeded succeeded')
  })

  it('keeps one that comes early', async () => {
    await using opened = await openDoors()
    expect(await post(opened, '/api/events', SIGNED)).toMatchObject({ body: { status: 'kept' } })
    const run = await opened.begin('acme-42')
    expect((await opened.at.run(run.id)).status).toBe('succeeded')
  })
})

describe('what the API refuses', () => {
  const bearing = (authorization: string) => (o: Opened) => post(o, '/api/runs', START, { authorization })
  it.each<[string, (o: Opened) => Promise<{ status: number; body: unknown }>, number]>([
    ['no token', bearing(''), 401],
    ['another token', bearing('Bearer token-of-the-hr-platfori'), 401],
    ['a token of another scheme', bearing('Basic token-of-the-hr-platform'), 401],
    ['a part of a token', bearing('Bearer token'), 401],
    ['a client that the rules do not name', bearing('Bearer token-of-somebody-else'), 403],
    ['no key', (o) => post(o, '/api/runs', START, { 'idempotency-key': '' }), 400],
    ['a key that is too long', (o) => post(o, '/api/runs', START, { 'idempotency-key': 'x'.repeat(201) }), 400],
    ['a key with a space', (o) => post(o, '/api/runs', START, { 'idempotency-key': 'a b' }), 400],
    ['no JSON', (o) => post(o, '/api/runs', '{'), 400],
    ['nothing', (o) => post(o, '/api/runs', ''), 400],
    ['a list', (o) => post(o, '/api/runs', []), 400],
    ['null', (o) => post(o, '/api/runs', 'null'), 400],
    ['no input', (o) => post(o, '/api/runs', { workflow: 'employee-onboarding' }), 400],
    ['an input that is none', (o) => post(o, '/api/runs', { ...START, input: 'Jane' }), 400],
    ['a field that is not known', (o) => post(o, '/api/runs', { ...START, actor: 'Olga' }), 400],
    ['a workflow that it may not start', (o) => post(o, '/api/runs', { ...START, workflow: 'client-billing' }), 403],
    ['a workflow that is not there', (o) => post(o, '/api/runs', { ...START, workflow: 'x' }), 403],
    ['too much', (o) => post(o, '/api/runs', 'x'.repeat(1_048_577)), 413],
    ['what is packed', (o) => post(o, '/api/runs', START, { 'content-encoding': 'gzip' }), 415],
    ['an input of wrong fields', (o) => post(o, '/api/runs', { ...START, input: { name: 5 } }), 422],
    ['another method', (o) => o.send('/api/runs', { method: 'DELETE', headers: TOKEN }), 405],
    ['another path', (o) => get(o, '/api/people'), 404],
    ['a run that is none', (o) => get(o, '/api/runs/x'), 404],
    ['a list of everybody', (o) => get(o, '/api/runs'), 400],
    ['an event without a key', (o) => post(o, '/api/events', { event: 'contract-signed', key: ' ' }), 400],
    ['an event that it may not deliver', (o) => post(o, '/api/events', { event: 'paid', key: '1' }), 403],
  ])('%s: it says why and what to do, and nothing changes', async (_what, ask, status) => {
    await using opened = await openDoors()
    const answer = await ask(opened)
    expect(answer.status).toBe(status)
    expect(answer.body).toMatchObject({ error: expect.any(String), hint: expect.stringMatching(/\w{3}/) })
    expect(JSON.stringify(answer)).not.toContain('token-of')
    expect(await opened.runs()).toEqual([])
    expect(await opened.kinds()).toEqual([])
  })
})

describe('GET /metrics', () => {
  it('counts what monitoring asks for, and names nobody', async () => {
    await using opened = await openDoors()
    await opened.begin('acme-42')
    await opened.contractSigned('globex-1')
    const { body } = await opened.send('/metrics', { method: 'GET' })
    const text = typeof body === 'string' ? body : ''
    for (const line of [
      '# TYPE purser_runs gauge',
      'purser_runs{status="waiting"} 1',
      'purser_inbox_open{status="kept"} 1',
      'purser_open_alerts 0',
      'purser_open_alert_cases 0',
      'purser_lane_waiting{service="vendor"} 2',
      '# TYPE purser_commits_total counter',
      'purser_commits_total 7',
    ])
      expect(text).toContain(`${line}\n`)
    expect(text).toMatch(/purser_stale_cards \d+\n/)
    expect(text).toMatch(/purser_oldest_unpainted_alert_seconds \d/)
    expect(text).not.toMatch(/acme|globex/)
    expect((await opened.send('/metrics', {})).status).toBe(405)
  })

  it('is for this machine alone without a token, however it is said to be forwarded', async () => {
    await using opened = await openDoors()
    const ask = async (from: string, headers: Record<string, string> = {}) =>
      (await opened.send('/metrics', { method: 'GET', from, headers })).status
    expect(await Promise.all(['127.0.0.1', '::1', '::ffff:127.0.0.1'].map((from) => ask(from)))).toEqual([
      200, 200, 200,
    ])
    expect(await Promise.all(['10.0.0.5', '::ffff:10.0.0.5', ''].map((from) => ask(from)))).toEqual([403, 403, 403])
    expect(await ask('127.0.0.1', { 'x-forwarded-for': '127.0.0.1' })).toBe(403)
    expect(await ask('10.0.0.5', { authorization: 'Bearer anything-at-all-here' })).toBe(403)
  })

  it('is for whoever has the token where there is one, from anywhere', async () => {
    await using opened = await openDoors({ metricsToken: 'token-of-the-monitoring' })
    const ask = async (from: string, token: string) =>
      (await opened.send('/metrics', { method: 'GET', from, headers: { authorization: `Bearer ${token}` } })).status
    expect(await ask('10.0.0.5', 'token-of-the-monitoring')).toBe(200)
    expect(await ask('127.0.0.1', 'token-of-the-hr-platform')).toBe(401)
    expect((await opened.send('/metrics', { method: 'GET' })).status).toBe(401)
  })
})
