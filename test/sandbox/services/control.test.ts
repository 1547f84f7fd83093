import { describe, expect, it } from 'vitest'
import { drawLatency } from '../../../src/sandbox/services/latency.ts'
import { createTrafficLog } from '../../../src/sandbox/services/traffic-log.ts'
import { handClock, openServices } from './open-services.ts'

const INVITATIONS = '/orgs/acme/invitations'

describe('the control endpoints', () => {
  it('show each request and what it led to, without the token', async () => {
    await using services = await openServices()
    await services.call('github')('POST', `${INVITATIONS}?x=1`, { body: { email: 'jane@acme.example' } })
    const { requests, effects } = await services.control('GET', '/log/github')
    expect(requests).toMatchObject([
      {
        id: expect.any(String),
        at: expect.stringMatching(/^\d{4}-.*Z$/),
        method: 'POST',
        path: INVITATIONS,
        query: 'x=1',
        headers: { authorization: 'hidden' },
        body: { email: 'jane@acme.example' },
        status: 201,
      },
    ])
    expect(effects).toMatchObject([
      { requestId: requests[0].id, kind: 'invitation.created', key: 'acme/jane@acme.example', detail: { id: 1 } },
    ])
    expect(JSON.stringify(requests)).not.toContain('sandbox-github-token')
  })

  it('show the newest of the log when a limit is given', async () => {
    await using services = await openServices()
    for (const page of [1, 2, 3]) await services.call('github')('GET', `${INVITATIONS}?page=${page}`)
    const { requests } = await services.control('GET', '/log/github?limit=1')
    expect(requests).toMatchObject([{ query: 'page=3' }])
  })

  it('sum up the services with their faults', async () => {
    await using services = await openServices()
    await services.call('github')('POST', INVITATIONS, { body: { email: 'jane@acme.example' } })
    await services.control('POST', '/faults', { service: 'jira', kind: 'slow', seconds: 30 })
    await services.control('POST', '/blind', { service: 'jira' })
    const summary = await services.control('GET', '/summary')
    expect(summary.map((each: { name: string }) => each.name)).toEqual([
      'google',
      'jira',
      'github',
      'salesforce',
      'gusto',
      'pagerduty',
    ])
    expect(summary[2]).toEqual({ name: 'github', title: 'GitHub', faults: [], requests: 1, effects: 1 })
    expect(summary[1].faults).toMatchObject([{ kind: 'slow' }, { service: 'jira-lookups' }])
  })

  it('clear the faults of one service with those of its parts, or all', async () => {
    await using services = await openServices()
    for (const service of ['jira', 'jira-lookups', 'gusto', 'google-token']) {
      await services.control('POST', '/faults', { service, kind: 'reset' })
    }
    await services.control('DELETE', '/faults?service=jira')
    const left = await services.control('GET', '/faults')
    expect(left.map((each: { service: string }) => each.service)).toEqual(['gusto', 'google-token'])
    await services.control('DELETE', '/faults')
    expect(await services.control('GET', '/faults')).toEqual([])
  })

  it.each([
    ['POST', '/faults', { service: 'github', kind: 'explode' }, /kind/],
    ['POST', '/faults', { service: 'gitlab', kind: '503' }, /gitlab.*google/],
    ['POST', '/faults', undefined, /./],
    ['POST', '/blind', { service: 'nobody' }, /nobody/],
    ['GET', '/log/nobody', undefined, /nobody/],
    ['POST', '/latency', { p50: -1 }, /p50/],
    ['POST', '/switches/gusto/anything', {}, /gusto has no switch/],
    ['POST', '/switches/jira/index-lag', { seconds: 'two' }, /seconds/],
  ])('refuse %s %s %j and say why', async (method, path, body, problem) => {
    await using services = await openServices()
    const refused = await services.send(method, `/control${path}`, { body })
    expect(refused).toMatchObject({
      status: 400,
      body: { error: expect.stringMatching(problem), hint: expect.any(String) },
    })
  })

  it('change how long answers take while the services run', async () => {
    const clock = handClock()
    await using services = await openServices({ clock })
    await services.control('POST', '/latency', { p50: 400 })
    let settled = false
    const answer = services
      .call('github')('GET', INVITATIONS)
      .finally(() => {
        settled = true
      })
    for (let i = 0; i < 200 && (await services.control('GET', '/log/github')).requests.length === 0; i++);
    await services.control('GET', '/summary')
    expect(settled).toBe(false)
    clock.advance(10_000)
    expect((await answer).status).toBe(200)
    await services.control('POST', '/latency', { p50: 0 })
    expect((await services.call('github')('GET', INVITATIONS)).status).toBe(200)
  })

  it('reset everything to the beginning', async () => {
    await using services = await openServices()
    const github = services.call('github')
    await github('POST', INVITATIONS, { body: { email: 'jane@acme.example' } })
    await services.control('POST', '/faults', { service: 'github', kind: '503' })
    await services.control('POST', '/reset')
    expect((await services.control('GET', '/summary'))[2]).toMatchObject({ requests: 0, effects: 0, faults: [] })
    expect((await github('GET', INVITATIONS)).body).toEqual([])
  })
})

describe('the way in', () => {
  it.each([
    ['a path that nobody serves', 'GET', '/orgs', {}, 404],
    ['a body that is not JSON', 'POST', INVITATIONS, { body: '{"email"' }, 400],
    ['a body of another type', 'POST', INVITATIONS, { body: 'x', headers: { 'content-type': 'text/plain' } }, 415],
    ['no token', 'GET', INVITATIONS, { headers: { authorization: '' } }, 401],
    ['no user agent', 'GET', INVITATIONS, { headers: { 'user-agent': '' } }, 403],
  ])('is refused by GitHub in its own form with %s', async (_, method, path, given, status) => {
    await using services = await openServices()
    const refused = await services.call('github')(method, path, given)
    expect(refused).toMatchObject({ status, body: { message: expect.any(String) } })
  })

  it('says what there is to a request for another service', async () => {
    await using services = await openServices()
    const lost = await services.send('GET', '/hubspot/contacts')
    expect(lost).toMatchObject({ status: 404, body: { hint: expect.stringContaining('/control/summary') } })
  })
})

describe('latency', () => {
  it('spreads around the median', () => {
    const drawn = Array.from({ length: 4_001 }, () => drawLatency(400)).sort((one, other) => one - other)
    expect(drawn[2_000]).toBeGreaterThan(370)
    expect(drawn[2_000]).toBeLessThan(430)
    expect(drawn[200]).toBeGreaterThan(400 * 0.5)
    expect(drawn[3_800]).toBeLessThan(400 * 2)
    expect(drawLatency(0)).toBe(0)
  })
})

describe('the log', () => {
  it('drops the oldest beyond its cap and goes on counting', () => {
    const log = createTrafficLog(100)
    const arrival = {
      service: 'gusto',
      at: '',
      method: 'GET',
      path: '/',
      query: '',
      headers: {},
      body: undefined,
    } as const
    for (let i = 0; i < 500; i++) log.done(log.arrived(arrival), [{ kind: 'x', key: String(i), detail: {} }])
    const { requests, effects } = log.read('gusto', 1_000)
    expect(requests.length).toBeGreaterThanOrEqual(100)
    expect(requests.length).toBeLessThanOrEqual(110)
    expect(effects.at(-1)?.key).toBe('499')
    expect(log.counts('gusto')).toEqual({ requests: 500, effects: 500 })
  })
})
