import { describe, expect, it } from 'vitest'
import type { FaultOrder } from '../../../src/sandbox/state.ts'
import { handClock, openServices } from './open-services.ts'

const EMPLOYEES = '/v1/companies/acme/employees'
const jane = { body: { first_name: 'Jane', last_name: 'Doe', email: 'jane@acme.example' } }
const SERVICES = ['google', 'jira', 'github', 'salesforce', 'gusto'] as const
const READS = {
  google: '/admin/directory/v1/users/jane@acme.example',
  jira: '/rest/api/3/user/search?query=jane',
  github: '/orgs/acme/invitations',
  salesforce: '/services/data/v62.0/sobjects/Contact/Purser_Id__c/1',
  gusto: EMPLOYEES,
}

async function faulty(order: Partial<FaultOrder>, clock = handClock()) {
  const services = await openServices({ clock })
  await services.control('POST', '/faults', { service: 'gusto', ...order })
  return { services, clock, gusto: services.call('gusto') }
}

/** Resolves when the fake has noted `count` requests, so that a test knows that one is on its way. */
async function requestsAt(services: Awaited<ReturnType<typeof openServices>>, count: number) {
  for (let i = 0; i < 200; i++) {
    const { requests } = await services.control('GET', '/log/gusto')
    if (requests.length >= count) return requests
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error('no request came')
}

describe('a fault', () => {
  it.each(SERVICES)('503 is answered by %s in its own form, and nothing is done', async (service) => {
    await using services = await openServices()
    await services.control('POST', '/faults', { service, kind: '503', times: 1, retry_after: 7 })
    const down = await services.call(service)('GET', READS[service])
    expect(down.status).toBe(503)
    expect(down.headers.get('retry-after')).toBe('7')
    expect(JSON.stringify(down.body)).toMatch(/unavailable/i)
    expect((await services.call(service)('GET', READS[service])).status).not.toBe(503)
  })

  it.each([
    ['google', null, { error: { code: 429, status: 'RESOURCE_EXHAUSTED' } }],
    ['jira', '1', { errorMessages: ['Rate limit exceeded.'] }],
    ['github', '1', { message: expect.stringContaining('secondary rate limit') }],
    ['salesforce', null, [{ errorCode: 'REQUEST_LIMIT_EXCEEDED' }]],
    ['gusto', null, { errors: [{ category: 'rate_limit_exceeded' }] }],
  ] as const)('429 is answered by %s with the Retry-After that it is known for', async (service, usual, body) => {
    await using services = await openServices()
    await services.control('POST', '/faults', { service, kind: '429', times: 1 })
    const first = await services.call(service)('GET', READS[service])
    expect(first).toMatchObject({ status: 429, body })
    expect(first.headers.get('retry-after')).toBe(usual)
    await services.control('POST', '/faults', { service, kind: '429', times: 1, retry_after: 30 })
    expect((await services.call(service)('GET', READS[service])).headers.get('retry-after')).toBe('30')
  })

  it('reset breaks the connection before anything is done', async () => {
    const { services, gusto } = await faulty({ kind: 'reset', times: 1 })
    await using _ = services
    await expect(gusto('POST', EMPLOYEES, jane)).rejects.toThrow(/fetch failed/)
    expect(await services.effects('gusto')).toEqual([])
    expect(await services.control('GET', '/log/gusto')).toMatchObject({ requests: [{ status: null, fault: 'reset' }] })
    expect((await gusto('POST', EMPLOYEES, jane)).status).toBe(201)
  })

  it('lost-answer does the thing, then breaks the connection', async () => {
    const { services, gusto } = await faulty({ kind: 'lost-answer', times: 1 })
    await using _ = services
    await expect(gusto('POST', EMPLOYEES, jane)).rejects.toThrow(/fetch failed/)
    expect(await services.effects('gusto')).toEqual(['employee.created acme/jane@acme.example'])
    expect((await gusto('GET', EMPLOYEES)).body).toHaveLength(1)
    const { requests } = await services.control('GET', '/log/gusto')
    expect(requests[0]).toMatchObject({ status: null, fault: 'lost-answer' })
  })

  it('timeout keeps silent for five minutes and does nothing', async () => {
    const { services, clock, gusto } = await faulty({ kind: 'timeout', times: 1 })
    await using _ = services
    let settled = false
    const answer = gusto('POST', EMPLOYEES, jane).finally(() => {
      settled = true
    })
    const failed = expect(answer).rejects.toThrow(/fetch failed/)
    await requestsAt(services, 1)
    clock.advance(299_999)
    await services.control('GET', '/summary')
    expect(settled).toBe(false)
    clock.advance(1)
    await failed
    expect(await services.effects('gusto')).toEqual([])
  })

  it('slow does the thing at once and answers after five to ten seconds', async () => {
    const { services, clock, gusto } = await faulty({ kind: 'slow', times: 1 })
    await using _ = services
    let settled = false
    const answer = gusto('POST', EMPLOYEES, jane).finally(() => {
      settled = true
    })
    await requestsAt(services, 1)
    expect(await services.effects('gusto')).toHaveLength(1)
    clock.advance(4_999)
    await services.control('GET', '/summary')
    expect(settled).toBe(false)
    clock.advance(5_001)
    expect((await answer).status).toBe(201)
  })

  it('is over for a client that goes away: no timer is left', async () => {
    const { services, clock, gusto } = await faulty({ kind: 'slow', times: 1 })
    await using _ = services
    const leaving = new AbortController()
    const answer = gusto('POST', EMPLOYEES, { ...jane, signal: leaving.signal })
    const failed = expect(answer).rejects.toThrow(/abort/)
    await requestsAt(services, 1)
    expect(clock.waiting()).toBe(1)
    leaving.abort()
    await failed
    for (let i = 0; i < 100 && clock.waiting() > 0; i++) await new Promise((resolve) => setTimeout(resolve, 5))
    expect(clock.waiting()).toBe(0)
  })

  it.each(['POST /v1/companies', 'POST /gusto/v1/companies'])(
    'with the match %j hits only such requests',
    async (match) => {
      const { services, gusto } = await faulty({ kind: '503', match })
      await using _ = services
      expect((await gusto('GET', EMPLOYEES)).status).toBe(200)
      expect((await gusto('POST', EMPLOYEES, jane)).status).toBe(503)
      expect((await services.call('jira')('GET', READS.jira)).status).toBe(200)
      expect(await services.control('GET', '/faults?service=gusto')).toMatchObject([{ match, fired: 1 }])
    },
  )

  it('of a service spares its token endpoint, which can be hit by name', async () => {
    await using services = await openServices()
    const grant = () =>
      services.send('POST', '/salesforce/services/oauth2/token', {
        body: 'grant_type=client_credentials&client_id=sandbox-client&client_secret=sandbox-client-secret',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      })
    await services.control('POST', '/faults', { service: 'salesforce', kind: '503' })
    expect((await grant()).status).toBe(200)
    await services.control('POST', '/faults', { service: 'salesforce-token', kind: '503', times: 1 })
    expect((await grant()).status).toBe(503)
  })

  it('that blinds a service fails its reads and leaves its writes alone', async () => {
    await using services = await openServices()
    await services.control('POST', '/blind', { service: 'gusto', times: 2 })
    const gusto = services.call('gusto')
    expect((await gusto('POST', EMPLOYEES, jane)).status).toBe(201)
    expect((await gusto('GET', EMPLOYEES)).status).toBe(503)
    expect((await gusto('GET', EMPLOYEES)).status).toBe(503)
    expect((await gusto('GET', EMPLOYEES)).body).toHaveLength(1)
  })

  it('blinds searches that are sent by POST as well', async () => {
    await using services = await openServices()
    await services.control('POST', '/blind', { service: 'jira', seconds: 30 })
    const search = await services.call('jira')('POST', '/rest/api/3/search/jql', { body: { jql: 'labels = x' } })
    expect(search.status).toBe(503)
  })
})
