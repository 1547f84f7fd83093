import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openServices } from '../sandbox/services/open-services.ts'
import { type Exchange, readSpec, type SpecChecker, specsAreThere } from './hold-against-spec.ts'

const API = '/rest/api/3'
const USERS = '/admin/directory/v1/users'
const MEMBERS = '/admin/directory/v1/groups/engineering@acme.example/members'
const DATA = '/services/data/v62.0'
const EMPLOYEES = '/v1/companies/acme/employees'

const ERRORS = {
  google: ['google-admin-directory.json', '/components/schemas/GoogleError'],
  jira: ['jira.json', '/components/schemas/ErrorCollection'],
  github: ['github.json', '/components/schemas/basic-error'],
  salesforce: ['salesforce.json', '/components/schemas/Errors'],
  gusto: ['gusto.json', '/components/schemas/res.UnprocessableEntityError'],
} as const
type Service = keyof typeof ERRORS

/** `[method, path, expected status, body]`, in this order and each building on those before. */
type Step = [method: string, path: string, status: number, body?: unknown]

const jane = {
  primaryEmail: 'jane@acme.example',
  name: { givenName: 'Jane', familyName: 'Doe' },
  password: 'not-a-real-one',
  externalIds: [{ type: 'custom', customType: 'purser', value: 'run-1' }],
}
const issue = { fields: { project: { key: 'HR' }, issuetype: { name: 'Task' }, summary: 'Laptop', labels: ['run-1'] } }
const invitation = { email: 'jane@acme.example', role: 'direct_member', team_ids: [7] }
const employee = { first_name: 'Jane', last_name: 'Doe', email: 'jane@acme.example', self_onboarding: true }
const ACCOUNT = '712020:00000001-0000-4000-8000-000000000001'
const EMPLOYEE = '/v1/employees/00000003-0000-4000-8000-000000000001'

const STEPS: Record<Service, Step[]> = {
  google: [
    ['GET', `${USERS}/jane@acme.example`, 404],
    ['POST', USERS, 200, jane],
    ['POST', USERS, 409, jane],
    ['GET', `${USERS}/jane@acme.example`, 200],
    ['PATCH', `${USERS}/jane@acme.example`, 200, { suspended: true }],
    ['POST', MEMBERS, 200, { email: 'jane@acme.example', role: 'MEMBER' }],
    ['POST', MEMBERS, 409, { email: 'jane@acme.example', role: 'MEMBER' }],
    ['GET', `${MEMBERS}/jane@acme.example`, 200],
    ['GET', `${MEMBERS}/joe@acme.example`, 404],
    ['DELETE', `${MEMBERS}/jane@acme.example`, 204],
    ['DELETE', `${MEMBERS}/jane@acme.example`, 404],
    ['GET', `${USERS}?customer=my_customer&maxResults=1&fields=kind`, 200],
  ],
  jira: [
    ['POST', `${API}/user`, 201, { emailAddress: 'jane@acme.example', products: ['jira-software'] }],
    ['POST', `${API}/user`, 201, { emailAddress: 'jane@acme.example', products: ['jira-software'] }],
    ['GET', `${API}/user/search?query=jane&maxResults=10`, 200],
    ['POST', `${API}/group/user?groupname=engineers`, 201, { accountId: ACCOUNT }],
    ['POST', `${API}/group/user?groupname=no-such-group`, 404, { accountId: ACCOUNT }],
    ['POST', `${API}/issue`, 201, issue],
    ['POST', `${API}/issue`, 400, { fields: { ...issue.fields, summary: undefined } }],
    ['GET', `${API}/issue/HR-1`, 200],
    ['GET', `${API}/issue/HR-99`, 404],
    ['GET', `${API}/search/jql?jql=labels%20%3D%20%22run-1%22&fields=summary&reconcileIssues=10001`, 200],
    ['POST', `${API}/search/jql`, 200, { jql: 'project = HR', reconcileIssues: [10001], fields: ['*all'] }],
    ['POST', `${API}/search/jql`, 400, { jql: 'nonsense' }],
    ['GET', `${API}/myself`, 200],
    ['GET', `${API}/user?accountId=${ACCOUNT}&expand=applicationRoles`, 200],
    ['DELETE', `${API}/user?accountId=${ACCOUNT}`, 204],
    ['DELETE', `${API}/user?accountId=${ACCOUNT}`, 404],
    ['GET', `${API}/user?accountId=${ACCOUNT}&expand=applicationRoles`, 404],
  ],
  github: [
    ['POST', '/orgs/acme/invitations', 201, invitation],
    ['POST', '/orgs/acme/invitations', 201, invitation],
    ['GET', '/orgs/acme/invitations?per_page=1&page=2', 200],
    ['DELETE', '/orgs/acme/invitations/1', 204],
    ['DELETE', '/orgs/acme/invitations/1', 404],
    ['PUT', '/orgs/acme/memberships/jane-doe', 200, { role: 'member' }],
    ['GET', '/orgs/acme/memberships/jane-doe', 200],
    ['GET', '/orgs/acme/memberships/nobody', 404],
    ['PUT', '/orgs/acme/teams/platform/memberships/jane-doe', 200, { role: 'member' }],
    ['GET', '/orgs/acme/teams/platform', 200],
    ['GET', '/orgs/acme/teams/no-such-team', 404],
    ['GET', '/orgs/acme', 200],
    ['GET', '/orgs/no-such-org', 404],
  ],
  salesforce: [
    ['PATCH', `${DATA}/sobjects/Contact/Purser_Id__c/run-1`, 201, { LastName: 'Doe', Email: 'jane@acme.example' }],
    ['PATCH', `${DATA}/sobjects/Contact/Purser_Id__c/run-1`, 200, { LastName: 'Doe', Title: 'Engineer' }],
    ['GET', `${DATA}/sobjects/Contact/Purser_Id__c/run-1`, 200],
    ['GET', `${DATA}/sobjects/Contact/Purser_Id__c/run-9`, 404],
    ['POST', `${DATA}/sobjects/Contact`, 201, { LastName: 'Doe', Email: 'jane@acme.example' }],
    ['PATCH', `${DATA}/sobjects/Contact/Email/jane@acme.example`, 300, { LastName: 'Doe' }],
    ['PATCH', `${DATA}/sobjects/Lead/Purser_Id__c/run-1`, 400, { LastName: 'Doe' }],
    ['GET', `${DATA}/query?q=SELECT%20Id%20FROM%20Contact`, 200],
    ['GET', `${DATA}/query?q=nonsense`, 400],
    ['GET', `${DATA}/limits`, 200],
  ],
  gusto: [
    ['POST', EMPLOYEES, 201, employee],
    ['POST', EMPLOYEES, 422, { ...employee, email: 'not-an-address' }],
    ['GET', EMPLOYEES, 200],
    ['GET', EMPLOYEE, 200],
    ['GET', '/v1/employees/nobody', 404],
    ['POST', `${EMPLOYEE}/jobs`, 201, { title: 'Engineer', hire_date: '2026-12-01' }],
    ['POST', `${EMPLOYEE}/jobs`, 422, { title: 'Engineer', hire_date: 'soon' }],
    ['GET', `${EMPLOYEE}/jobs`, 200],
    ['GET', '/v1/token_info', 200],
    ['DELETE', EMPLOYEE, 204],
    ['DELETE', EMPLOYEE, 404],
  ],
}

describe.skipIf(!specsAreThere).each(Object.keys(ERRORS) as Service[])('the fake of %s', (service) => {
  let services: Awaited<ReturnType<typeof openServices>>
  let spec: SpecChecker
  beforeAll(async () => {
    services = await openServices()
    const [file, errors] = ERRORS[service]
    spec = readSpec(file, errors)
  })
  afterAll(() => services.close())

  const exchange = async ([method, path, , body]: Step): Promise<Exchange> => {
    const reply = await services.call(service)(method, path, body === undefined ? {} : { body })
    return { method, path, body, status: reply.status, answer: reply.body }
  }

  it('takes requests and gives answers as the specification has them', async () => {
    for (const step of STEPS[service]) {
      const done = await exchange(step)
      const label = `${step[0]} ${step[1]}`
      expect([label, done.status]).toEqual([label, step[2]])
      expect([label, spec.request(done)]).toEqual([label, []])
      expect([label, spec.answer(done)]).toEqual([label, []])
    }
  })

  it.each(['503', '429'])('words the fault %s in the form of the specification', async (kind) => {
    await services.control('POST', '/faults', { service, kind, times: 1 })
    const [first] = STEPS[service]
    if (!first) throw new Error('no step')
    const done = await exchange(first)
    expect(done.status).toBe(Number(kind))
    expect(spec.answer(done)).toEqual([])
  })

  it('words a refused token in the form of the specification', async () => {
    const [first] = STEPS[service]
    if (!first) throw new Error('no step')
    const [method, path, , body] = first
    const reply = await services.call(service)(method, path, { body, headers: { authorization: 'Bearer wrong' } })
    expect(reply.status).toBe(401)
    expect(spec.answer({ method, path, body, status: 401, answer: reply.body })).toEqual([])
  })
})

describe.skipIf(!specsAreThere)('holding against a specification', () => {
  it('finds an answer that lacks a field or has one of another type', () => {
    const gusto = readSpec(...ERRORS.gusto)
    const answer = (body: unknown) => gusto.answer({ method: 'POST', path: EMPLOYEES, status: 201, answer: body })
    expect(answer({ uuid: '1', first_name: 'Jane', last_name: 'Doe' })).toEqual([])
    expect(answer({ uuid: '1', first_name: 'Jane' })).toEqual([expect.stringContaining('last_name')])
    expect(answer({ uuid: 1, first_name: 'Jane', last_name: 'Doe' })).toEqual([
      expect.stringContaining('/uuid must be string'),
    ])
  })

  it('finds requests that the vendor does not know', () => {
    const github = readSpec(...ERRORS.github)
    const request = (method: string, path: string, body?: unknown) => github.request({ method, path, body })
    expect(request('PUT', '/orgs/acme/memberships/jane', { role: 'member' })).toEqual([])
    expect(request('PUT', '/orgs/acme/memberships/jane', { role: 'chief' })).toEqual([expect.stringContaining('/role')])
    expect(request('GET', '/orgs/acme/invitations?per_page=many')).toEqual([expect.stringContaining('per_page')])
    expect(request('GET', '/orgs/acme/invitations?sort=name')).toEqual(['query sort is not in the specification'])
    expect(request('GET', '/orgs/acme/nonsense')).toEqual([expect.stringContaining('not in the specification')])
  })

  it('finds a status that an operation does not have', () => {
    const github = readSpec(...ERRORS.github)
    const exchange = { method: 'POST', path: '/orgs/acme/invitations', status: 202, answer: {} }
    expect(github.answer(exchange)).toEqual(['202 is not in the specification'])
  })
})
