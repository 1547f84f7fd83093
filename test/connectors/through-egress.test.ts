import { describe, expect, it } from 'vitest'
import { openEscalationTicket } from '../../src/connectors/escalation-ticket.ts'
import { github, googleWorkspace, gusto, jira, salesforce } from '../../src/connectors/index.ts'
import { openServices } from '../sandbox/services/open-services.ts'
import { openWire, sandboxEnvironment } from './open-wire.ts'

const EMAIL = 'jane.doe@acme.example'
const PERSON = { email: EMAIL, givenName: 'Jane', familyName: 'Doe' }
const EXTERNAL_ID = '01890a5d-ac96-774b-bcce-b302099a8057'

async function open() {
  const services = await openServices()
  const wire = openWire(sandboxEnvironment({ services: services.url }))
  return {
    services,
    wire,
    fault: (order: Record<string, unknown>) => services.control('POST', '/faults', order),
    async [Symbol.asyncDispose]() {
      await wire[Symbol.asyncDispose]()
      await services.close()
    },
  }
}

const GOOGLE_USER = { primaryEmail: EMAIL, givenName: 'Jane', familyName: 'Doe', externalId: EXTERNAL_ID }

describe('Google Workspace through the egress', () => {
  it('makes one account though the answer was lost, and knows it again as ours', async () => {
    await using desk = await open()
    await desk.fault({ service: 'google', kind: 'lost-answer', times: 1, match: 'POST /google/admin' })
    const user = await googleWorkspace.client(desk.wire.call).ensureUser(GOOGLE_USER)
    expect(user.primaryEmail).toBe(EMAIL)
    expect(await desk.services.effects('google')).toEqual([`user.created ${EMAIL}`])
    expect(desk.wire.summaries.at(-1)).toMatchObject({
      operation: 'user.insert',
      outcome: 'found',
      ours: true,
      tries: 2,
    })
  })

  it('does not take over an account that was not made for this person', async () => {
    await using desk = await open()
    const client = googleWorkspace.client(desk.wire.call)
    await client.ensureUser({ ...GOOGLE_USER, externalId: 'somebody-else' })
    await expect(client.ensureUser(GOOGLE_USER)).rejects.toMatchObject({
      consequence: 'person',
      code: 'google-address-taken',
    })
  })

  it('waits until the account is ready before it joins its group, and joins once', async () => {
    await using desk = await open()
    const client = googleWorkspace.client(desk.wire.call)
    await client.ensureUser(GOOGLE_USER)
    await desk.services.control('POST', '/switches/google/unready', { times: 1 })
    const member = { group: 'eng@acme.example', email: EMAIL }
    expect(await client.ensureGroupMember(member)).toEqual({ role: 'MEMBER' })
    expect(await client.ensureGroupMember(member)).toEqual({ role: 'MEMBER' })
    const effects = await desk.services.effects('google')
    expect(effects.filter((effect) => effect.startsWith('member.added'))).toHaveLength(1)
  })

  it('fetches one token for many calls, and another when the first is refused', async () => {
    await using desk = await open()
    const client = googleWorkspace.client(desk.wire.call)
    const people = ['a', 'b', 'c', 'd'].map((name) => ({
      ...GOOGLE_USER,
      primaryEmail: `${name}@acme.example`,
      externalId: name,
    }))
    await Promise.all(people.map((person) => client.ensureUser(person)))
    expect(desk.wire.operations().filter((name) => name === 'token.fetch')).toHaveLength(1)
    await desk.services.control('POST', '/switches/google/expire-tokens', {})
    await client.ensureUser({ ...GOOGLE_USER, primaryEmail: 'e@acme.example' })
    expect(desk.wire.operations().filter((name) => name === 'token.fetch')).toHaveLength(2)
  })

  it('records neither password, key nor token, and no address in the open part', async () => {
    await using desk = await open()
    const client = googleWorkspace.client(desk.wire.call)
    await client.ensureUser(GOOGLE_USER)
    await client.ensureGroupMember({ group: 'eng@acme.example', email: EMAIL })
    expect(desk.wire.openPart()).not.toContain('@')
    expect(desk.wire.openPart()).toContain('/users')
    const [endpoint] = desk.wire.endpoints.filter(({ service }) => service === 'google')
    const secrets = endpoint?.secrets() ?? []
    expect(secrets).toHaveLength(2)
    for (const secret of secrets) expect(desk.wire.recorded()).not.toContain(secret)
    expect(desk.wire.recorded()).toContain('"password":"[hidden')
    expect(desk.wire.recorded()).not.toContain('assertion')
  })
})

describe('GitHub through the egress', () => {
  it('invites once though the answer was lost', async () => {
    await using desk = await open()
    await desk.fault({ service: 'github', kind: 'lost-answer', times: 1, match: 'POST' })
    const client = github.client(desk.wire.call)
    const member = await client.ensureMember({ email: EMAIL, teamSlugs: ['platform'] })
    expect(member).toEqual({ state: 'invited', invitationId: expect.any(Number) })
    expect(await client.ensureMember({ email: EMAIL.toUpperCase(), teamSlugs: [] })).toEqual(member)
    expect(await desk.services.effects('github')).toEqual([`invitation.created acme/${EMAIL}`])
  })

  it('finds an invitation behind the first hundred', async () => {
    await using desk = await open()
    const client = github.client(desk.wire.call)
    const invite = desk.services.call('github')
    for (let n = 0; n < 101; n++)
      await invite('POST', '/orgs/acme/invitations', { body: { email: `p${n}@acme.example` } })
    expect(await client.ensureMember({ email: 'p100@acme.example', teamSlugs: [] })).toMatchObject({ state: 'invited' })
    expect(desk.wire.operations().filter((name) => name === 'org-invitation.create')).toHaveLength(0)
  })

  it('is content with somebody who is a member, but asks a person about their teams', async () => {
    await using desk = await open()
    const client = github.client(desk.wire.call)
    await client.ensureMember({ email: EMAIL, teamSlugs: [] })
    await desk.services.control('POST', '/switches/github/accept', { org: 'acme', email: EMAIL })
    expect(await client.ensureMember({ email: EMAIL, teamSlugs: [] })).toEqual({
      state: 'already-member',
      invitationId: null,
    })
    await expect(client.ensureMember({ email: EMAIL, teamSlugs: ['platform'] })).rejects.toMatchObject({
      consequence: 'person',
      code: 'github-member-already',
    })
  })

  it('adds somebody whose user name is known to the organization and its teams', async () => {
    await using desk = await open()
    const client = github.client(desk.wire.call)
    const member = { email: EMAIL, teamSlugs: ['platform', 'web'], username: 'jane-doe' }
    await client.ensureMember(member)
    expect(desk.wire.operations()).toEqual(['org-membership.put', 'team-membership.put', 'team-membership.put'])
  })

  it('says what to do when the token is refused', async () => {
    const services = await openServices()
    await using wire = openWire({ ...sandboxEnvironment({ services: services.url }), GITHUB_TOKEN: 'expired' })
    await expect(github.client(wire.call).ensureMember({ email: EMAIL, teamSlugs: [] })).rejects.toMatchObject({
      consequence: 'permanent',
      hint: expect.stringContaining('GITHUB_TOKEN'),
    })
    await services.close()
  })
})

describe('Gusto through the egress', () => {
  const employee = { ...PERSON, jobTitle: 'Engineer', startDate: '2026-11-02' }

  it.each(['POST /gusto/v1/companies', 'POST /gusto/v1/employees'])(
    'makes one of each though an answer was lost at %s',
    async (match) => {
      await using desk = await open()
      await desk.fault({ service: 'gusto', kind: 'lost-answer', times: 1, match })
      const client = gusto.client(desk.wire.call)
      const made = await client.ensureEmployee(employee)
      expect(await client.ensureEmployee(employee)).toEqual(made)
      expect((await desk.services.effects('gusto')).map((effect) => effect.split(' ')[0])).toEqual([
        'employee.created',
        'job.created',
      ])
    },
  )

  it('writes nothing while it cannot look', async () => {
    await using desk = await open()
    await desk.fault({ service: 'gusto-lookups', kind: '503' })
    await expect(gusto.client(desk.wire.call).ensureEmployee(employee)).rejects.toMatchObject({ consequence: 'retry' })
    expect(await desk.services.effects('gusto')).toEqual([])
  })

  it('asks a person when the answer was lost and looking is not possible', async () => {
    await using desk = await open()
    await desk.fault({ service: 'gusto', kind: 'lost-answer', times: 1, match: 'POST' })
    desk.wire.whenUnanswered(() => desk.fault({ service: 'gusto-lookups', kind: '503' }))
    await expect(gusto.client(desk.wire.call).ensureEmployee(employee)).rejects.toMatchObject({
      consequence: 'unknown',
      hint: expect.stringContaining('mark the step done'),
    })
    expect(await desk.services.effects('gusto')).toEqual([`employee.created acme/${EMAIL}`])
  })
})

describe('Salesforce through the egress', () => {
  it('upserts one user by our id, with a token of its own that is renewed', async () => {
    await using desk = await open()
    const client = salesforce.client(desk.wire.call)
    const first = await client.ensureUser({ ...PERSON, externalId: EXTERNAL_ID })
    expect(first.created).toBe(true)
    await desk.services.control('POST', '/switches/salesforce/expire-tokens', {})
    const again = await client.ensureUser({ ...PERSON, externalId: EXTERNAL_ID })
    expect(again).toEqual({ id: first.id, created: false })
    expect(desk.wire.operations().join()).toBe('token.fetch,user.upsert,user.upsert,token.fetch,user.upsert')
    expect(desk.wire.recorded()).not.toContain('sandbox-client-secret')
  })
})

describe('what undoes a step', () => {
  it('suspends the Google account that is ours, twice as well as once, and no other', async () => {
    await using desk = await open()
    const client = googleWorkspace.client(desk.wire.call)
    const ours = { primaryEmail: EMAIL, externalId: EXTERNAL_ID }
    await client.suspendUser(ours)
    await client.ensureUser({ ...ours, givenName: 'Jane', familyName: 'Doe' })
    await client.suspendUser({ ...ours, externalId: 'somebody else' })
    expect(desk.wire.operations()).not.toContain('user.suspend')
    await client.suspendUser(ours)
    await client.suspendUser(ours)
    expect(await desk.services.effects('google')).toEqual([
      `user.created ${EMAIL}`,
      `user.updated ${EMAIL}`,
      `user.updated ${EMAIL}`,
    ])
  })

  it('takes somebody out of a Google group, who may be out of it already', async () => {
    await using desk = await open()
    const client = googleWorkspace.client(desk.wire.call)
    const member = { group: 'clients@acme.example', email: 'jane@client.example' }
    await client.removeGroupMember(member)
    await client.ensureGroupMember(member)
    await client.removeGroupMember(member)
    expect((await desk.services.effects('google')).map((effect) => effect.split(' ')[0])).toEqual([
      'member.added',
      'member.removed',
    ])
  })

  it('takes a GitHub invitation back, and asks a person when it is no longer pending', async () => {
    await using desk = await open()
    const client = github.client(desk.wire.call)
    await client.ensureMember({ email: EMAIL, teamSlugs: ['platform'] })
    await client.withdraw({ email: EMAIL, isInvited: true })
    await client.withdraw({ email: EMAIL, isInvited: false })
    expect(await desk.services.effects('github')).toEqual([
      `invitation.created acme/${EMAIL}`,
      `invitation.cancelled acme/${EMAIL}`,
    ])
    await expect(client.withdraw({ email: EMAIL, isInvited: true })).rejects.toMatchObject({
      consequence: 'person',
      code: 'github-invitation-gone',
    })
  })

  it('deactivates the Salesforce user that is ours, and is content when there is none', async () => {
    await using desk = await open()
    const client = salesforce.client(desk.wire.call)
    await client.deactivateUser({ externalId: EXTERNAL_ID })
    expect(await desk.services.effects('salesforce')).toEqual([])
    await client.ensureUser({ ...PERSON, externalId: EXTERNAL_ID })
    await client.deactivateUser({ externalId: EXTERNAL_ID })
    expect((await desk.services.effects('salesforce')).map((effect) => effect.split(' ')[0])).toEqual([
      'User.created',
      'User.updated',
    ])
  })
})

describe('Jira through the egress', () => {
  const context = {
    label: 'purser run/1 payroll',
    workflow: 'Employee onboarding',
    subject: 'Jane Doe',
    step: 'Create the payroll record',
    runId: 'run-1',
    what: 'Gusto took the request and did not answer.',
    hint: 'Look in Gusto.',
    reason: 'payday is tomorrow',
    by: 'Tim Teammate',
    since: '2026-11-02 09:14 UTC',
    done: ['Google account created'],
    safe: 'Unknown: Gusto may have created it.',
    links: [{ title: 'The card', url: 'https://acme.slack.example/archives/C1/p1' }],
  }

  it('opens one ticket with the whole context though the answer was lost and the search lags', async () => {
    await using desk = await open()
    await desk.services.control('POST', '/switches/jira/index-lag', { seconds: 0.3 })
    await desk.fault({ service: 'jira', kind: 'lost-answer', times: 1, match: 'POST /jira/rest/api/3/issue' })
    const ticket = await openEscalationTicket(desk.wire.call, context)
    expect(ticket).toEqual({ key: 'OPS-1', url: `${desk.services.url}/jira/browse/OPS-1` })
    expect(await openEscalationTicket(desk.wire.call, context)).toEqual(ticket)
    expect(await desk.services.effects('jira')).toHaveLength(1)
    const { body } = await desk.services.call('jira')('GET', '/rest/api/3/issue/OPS-1')
    const text = JSON.stringify(body.fields)
    for (const fact of [context.what, context.hint, context.reason, context.by, 'Google account created', 'run-1']) {
      expect(text).toContain(fact)
    }
    expect(body.fields.labels).toEqual(['purser-run-1-payroll'])
  })

  it('gives access to somebody, and the same account when it is asked again', async () => {
    await using desk = await open()
    const client = jira.client(desk.wire.call)
    const user = await client.ensureUser({ email: EMAIL })
    expect(await client.ensureUser({ email: EMAIL })).toEqual(user)
    expect(await desk.services.effects('jira')).toHaveLength(1)
  })
})
