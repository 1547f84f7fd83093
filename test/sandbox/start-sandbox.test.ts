import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { BOT_TOKEN, CHANNEL_IDS, USER_IDS } from '../../src/sandbox/seed.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/start-sandbox.ts'
import { control, slack } from './calls.ts'

const channel = CHANNEL_IDS.general
const order = (fault: object) => ({ service: 'slack', ...fault })

async function post(sandbox: Sandbox, signal?: AbortSignal): Promise<Response> {
  return fetch(`${sandbox.slackApiUrl}chat.postMessage`, {
    method: 'POST',
    headers: { authorization: `Bearer ${BOT_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ channel, text: 'x' }),
    ...(signal && { signal }),
  })
}

const messages = async (sandbox: Sandbox) => (await sandbox.state('general')).channels[0]?.messages.length

describe('faults of Slack', () => {
  it('answer 429 with Retry-After as often as ordered', async () => {
    await using sandbox = await startSandbox()
    const ordered = await control(sandbox, 'faults', order({ kind: '429', times: 1, retry_after: 7 }))
    expect(ordered).toMatchObject({ http: 201, kind: '429', fired: 0 })
    const limited = await post(sandbox)
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7'])
    expect(await limited.json()).toEqual({ ok: false, error: 'ratelimited' })
    expect((await post(sandbox)).status).toBe(200)
  })

  it('answer 503, only where they match', async () => {
    await using sandbox = await startSandbox()
    await control(sandbox, 'faults', order({ kind: '503', match: 'chat.postMessage' }))
    expect((await post(sandbox)).status).toBe(503)
    expect(await slack(sandbox, 'auth.test')).toMatchObject({ ok: true })
    expect(await control(sandbox, 'faults', undefined, 'GET')).toMatchObject({ list: [{ kind: '503', fired: 1 }] })
    await control(sandbox, 'faults?service=slack', undefined, 'DELETE')
    expect((await post(sandbox)).status).toBe(200)
  })

  it('reset the connection before anything is done', async () => {
    await using sandbox = await startSandbox()
    await control(sandbox, 'faults', order({ kind: 'reset', times: 1 }))
    await expect(post(sandbox)).rejects.toThrow()
    expect(await messages(sandbox)).toBe(0)
  })

  it('do what was asked and lose the answer', async () => {
    await using sandbox = await startSandbox()
    await control(sandbox, 'faults', order({ kind: 'lost-answer', times: 1 }))
    await expect(post(sandbox)).rejects.toThrow()
    expect(await messages(sandbox)).toBe(1)
    const { requests } = await control(sandbox, 'services/slack/log', undefined, 'GET')
    expect(requests).toMatchObject([{ fault: 'lost-answer', status: null }])
  })

  it('never answer', async () => {
    await using sandbox = await startSandbox()
    await control(sandbox, 'faults', order({ kind: 'timeout', times: 1 }))
    await expect(post(sandbox, AbortSignal.timeout(200))).rejects.toThrow(/timeout/i)
    expect(await messages(sandbox)).toBe(0)
  })

  it('are refused when the order is not a valid one', async () => {
    await using sandbox = await startSandbox()
    expect(await control(sandbox, 'faults', order({ kind: 'gremlin' }))).toMatchObject({
      http: 400,
      error: 'invalid_fault',
    })
    expect(await control(sandbox, 'faults', { kind: '503', service: 'github' })).toMatchObject({
      http: 404,
      error: 'service_not_found',
    })
  })
})

describe('the sandbox', () => {
  it('asks the services’ process for their faults and logs', async () => {
    const asked: string[] = []
    const services = createServer((req, res) => {
      asked.push(`${req.method} ${req.url}`)
      const github = { name: 'github', title: 'GitHub', faults: [], requests: 3, effects: 1 }
      res.end(JSON.stringify(req.url === '/control/summary' ? [github] : { requests: [] }))
    })
    await new Promise<void>((resolve) => services.listen(0, '127.0.0.1', resolve))
    const servicesUrl = `http://127.0.0.1:${(services.address() as AddressInfo).port}`
    try {
      await using sandbox = await startSandbox({ servicesUrl })
      expect((await sandbox.state()).services).toMatchObject([{ name: 'slack' }, { name: 'github', requests: 3 }])
      await control(sandbox, 'services/github/log', undefined, 'GET')
      await control(sandbox, 'faults', { service: 'github', kind: '503', seconds: 30 })
      await control(sandbox, 'faults', { service: 'github' }, 'DELETE')
      const looks = ['GET /control/summary', 'GET /control/state/pagerduty']
      expect(asked.filter((each) => !looks.includes(each))).toEqual([
        'GET /control/log/github',
        'POST /control/faults',
        'DELETE /control/faults?service=github',
      ])
    } finally {
      services.closeAllConnections()
      services.close()
    }
  })

  it('comes back after a restart as it was', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-'))
    const stateFile = join(folder, 'slack.json')
    try {
      const first = await startSandbox({ stateFile })
      const { ts } = await slack(first, 'chat.postMessage', { channel, text: 'Run card' })
      await slack(first, 'chat.postMessage', { channel, text: 'History', thread_ts: ts })
      await slack(first, 'conversations.create', { name: 'incident-1' })
      await slack(first, 'views.publish', { user_id: USER_IDS.ops, view: { type: 'home', blocks: [] } })
      const before = await first.state()
      await first.close()
      await using second = await startSandbox({ stateFile })
      const after = await second.state()
      expect({ ...after, services: [] }).toEqual({ ...before, services: [] })
      expect(await slack(second, 'chat.update', { channel, ts, text: 'Done' })).toMatchObject({ ok: true })
      const next = await slack(second, 'chat.postMessage', { channel, text: 'Next' })
      expect(Number(next.ts)).toBeGreaterThan(Number(ts))
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('writes its state down while it runs', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-'))
    const stateFile = join(folder, 'slack.json')
    try {
      await using sandbox = await startSandbox({ stateFile })
      await slack(sandbox, 'chat.postMessage', { channel, text: 'Kept' })
      await new Promise((resolve) => setTimeout(resolve, 700))
      await using beside = await startSandbox({ stateFile })
      expect(await messages(beside)).toBe(1)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('streams its state when something changes', async () => {
    await using sandbox = await startSandbox()
    const stop = new AbortController()
    const response = await fetch(`${sandbox.url}/sandbox/events`, { signal: stop.signal })
    const stream = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    const first = await stream?.read()
    expect(first?.value).toMatch(/^data: \{"team"/)
    await slack(sandbox, 'chat.postMessage', { channel, text: 'Fresh news' })
    expect((await stream?.read())?.value).toContain('Fresh news')
    stop.abort()
  })

  it('kills and starts Purser when it may, and says so when it may not', async () => {
    const done: string[] = []
    const purser = { kill: () => void done.push('kill'), start: () => void done.push('start'), pid: () => 4711 }
    await using sandbox = await startSandbox({ purser })
    expect(await control(sandbox, 'purser', { action: 'kill' })).toMatchObject({ http: 200, pid: 4711 })
    await control(sandbox, 'purser', { action: 'start' })
    expect(done).toEqual(['kill', 'start'])
    await using alone = await startSandbox()
    expect(await control(alone, 'purser', { action: 'kill' })).toMatchObject({ http: 409, error: 'no_purser_process' })
    expect(await control(sandbox, 'purser', { action: 'pet' })).toMatchObject({ http: 400, error: 'invalid_action' })
  })

  it('explains calls that it does not know or cannot read', async () => {
    await using sandbox = await startSandbox()
    expect(await control(sandbox, 'dance', {})).toMatchObject({ http: 404, error: 'unknown_call' })
    expect(await control(sandbox, 'dm', { user: 'nobody', text: 'x' })).toMatchObject({
      http: 400,
      error: 'user_not_found',
      hint: expect.stringContaining('ops, teammate, manager, guest'),
    })
    expect(await control(sandbox, 'dm', { user: 'ops' })).toMatchObject({ error: 'missing_field' })
    expect(await control(sandbox, 'mention', { user: 'ops', channel: 'attic', text: 'x' })).toMatchObject({
      http: 404,
      error: 'channel_not_found',
    })
  })

  it('takes no orders from a page of another site', async () => {
    await using sandbox = await startSandbox()
    const headers = { origin: 'https://other.example' }
    const response = await fetch(`${sandbox.url}/sandbox/dm`, { method: 'POST', headers, body: '{}' })
    expect(response.status).toBe(403)
  })

  it('spreads the time of answers around the median that was asked for', async () => {
    await using sandbox = await startSandbox({ latencyMs: 20 })
    const started = performance.now()
    for (let sent = 0; sent < 10; sent += 1) await slack(sandbox, 'auth.test')
    expect(performance.now() - started).toBeGreaterThan(80)
  })
})
