import { describe, expect, test } from 'vitest'
import { gusto, jira, slack } from '../../src/connectors/index.ts'
import type { HttpResponse } from '../../src/domain/operation.ts'
import { CHANNEL_IDS } from '../../src/sandbox/seed.ts'
import { createMemoryWorld, WORLD_URL } from '../proof/support/memory-world.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { openWire, sandboxEnvironment } from './open-wire.ts'

const EMAIL = 'jane.doe@acme.example'
const PERSON = { email: EMAIL, givenName: 'Jane', familyName: 'Doe', jobTitle: 'Engineer', startDate: '2026-12-01' }

/** The real egress over services in memory; `answers` stand for those that a service gives instead of its own. */
function open(answers: Readonly<Record<string, HttpResponse>> = {}) {
  const clock = createFakeClock()
  const world = createMemoryWorld({ now: clock.now })
  const wire = openWire(sandboxEnvironment({ services: WORLD_URL }), clock, {
    send: async (request) => answers[`${request.method} ${request.url.pathname}`] ?? (await world.http.send(request)),
    close: async () => undefined,
  })
  return {
    clock,
    ...{ jira: jira.client(wire.call), gusto: gusto.client(wire.call), slack: slack.client(wire.call) },
    did: () => world.effects.map(({ kind }) => kind),
    lastOf: (operation: string) => wire.summaries.findLast((each) => each.operation === operation),
    [Symbol.asyncDispose]: wire[Symbol.asyncDispose],
  }
}

const answer = (status: number, body: unknown): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body,
})

describe('a channel of Slack', () => {
  const NAME = 'welcome-jane-doe'

  test('that the run made is archived, and again changes nothing', async () => {
    await using at = open()
    const { id } = await at.slack.ensureChannel({ name: NAME })
    for (let time = 1; time <= 2; time++) await at.slack.archiveChannel({ name: NAME, id, made: true, since: 0 })
    expect(at.did()).toEqual(['channel.created', 'channel.archived'])
  })

  test('of which nobody knows who made it is archived when Slack says that we did, since the run began', async () => {
    await using at = open()
    const since = at.clock.now()
    await at.slack.ensureChannel({ name: NAME })
    await at.slack.archiveChannel({ name: NAME, made: false, since })
    expect(at.did()).toContain('channel.archived')
  })

  test('that is older than the run, that others made, or that is not there is left alone', async () => {
    await using at = open()
    const { id } = await at.slack.ensureChannel({ name: NAME })
    await at.slack.archiveChannel({ name: NAME, id, made: false, since: at.clock.now() + 3_600_000 })
    await at.slack.archiveChannel({ name: 'onboarding', id: CHANNEL_IDS.onboarding, made: false, since: 0 })
    await at.slack.archiveChannel({ name: 'nowhere', made: false, since: 0 })
    await at.slack.archiveChannel({ name: 'nowhere', id: 'C0NOWHERE00', made: true, since: 0 })
    expect(at.did()).toEqual(['channel.created'])
  })

  test('gives its message back by where it stands or by its key, and one that is not there stays away', async () => {
    await using at = open()
    const message = { channel: CHANNEL_IDS.onboarding, key: 'welcome/1' }
    await at.slack.withdrawMessage({ ...message, posted: await at.slack.postMessage({ ...message, text: 'Welcome' }) })
    await at.slack.postMessage({ ...message, key: 'welcome/2', text: 'Welcome' })
    await at.slack.withdrawMessage({ ...message, key: 'welcome/2' })
    await at.slack.withdrawMessage({ ...message, key: 'welcome/3' })
    expect(at.did()).toEqual(['message.posted', 'message.deleted', 'message.posted', 'message.deleted'])
  })

  test('that nobody sees leaves it to a person whether the message was posted', async () => {
    await using at = open()
    const gone = at.slack.withdrawMessage({ channel: '#nowhere', key: 'welcome/1' })
    await expect(gone).rejects.toMatchObject({ consequence: 'person', code: 'message-not-found-again' })
  })
})

describe('access to Jira', () => {
  const SEARCH = 'GET /jira/rest/api/3/user/search'
  const USER = 'GET /jira/rest/api/3/user'
  const REMOVE = 'DELETE /jira/rest/api/3/user'

  test('that was there before is found, so that it is not taken for ours', async () => {
    await using at = open()
    await at.jira.ensureUser({ email: EMAIL })
    expect(at.lastOf('user.create')).toMatchObject({ outcome: 'done' })
    expect(await at.jira.ensureUser({ email: EMAIL.toUpperCase() })).toMatchObject({ accountId: expect.any(String) })
    expect(at.lastOf('user.create')).toMatchObject({ outcome: 'found' })
    expect(at.did()).toEqual(['user.created'])
  })

  test('that the run gave is taken away, with its account or by its address, and again changes nothing', async () => {
    await using at = open()
    const { accountId } = await at.jira.ensureUser({ email: EMAIL })
    for (let time = 1; time <= 2; time++) await at.jira.removeUser({ email: EMAIL, accountId, made: true })
    await at.jira.ensureUser({ email: EMAIL })
    await at.jira.removeUser({ email: EMAIL, made: true })
    expect(at.did()).toEqual(['user.created', 'user.removed', 'user.created', 'user.removed'])
  })

  test('that may have been there before is for a person; who has none is left alone', async () => {
    await using at = open()
    await at.jira.removeUser({ email: EMAIL, made: false })
    const { accountId } = await at.jira.ensureUser({ email: EMAIL })
    const asked = at.jira.removeUser({ email: EMAIL, accountId, made: false })
    await expect(asked).rejects.toMatchObject({ consequence: 'person', code: 'jira-access-not-surely-ours' })
    expect(at.did()).toEqual(['user.created'])
  })

  test.each([
    {
      name: 'lacks a product',
      found: [{ accountId: '1', emailAddress: EMAIL }],
      roles: ['jira-core'],
      code: 'jira-product-missing',
    },
    { name: 'has a hidden address', found: [{ accountId: '1' }], roles: [], code: 'jira-address-hidden' },
  ])('of somebody who $name is for a person, before anything is sent', async ({ found, roles, code }) => {
    const account = { accountId: '1', applicationRoles: { items: roles.map((key) => ({ key })) } }
    await using at = open({ [SEARCH]: answer(200, found), [USER]: answer(200, account) })
    await expect(at.jira.ensureUser({ email: EMAIL })).rejects.toMatchObject({ consequence: 'person', code })
    expect(at.did()).toEqual([])
  })

  test('is given to one whose address only begins alike, and to one who has an account and no product', async () => {
    await using at = open({ [SEARCH]: answer(200, [{ accountId: '1', emailAddress: `${EMAIL}.org` }]) })
    await at.jira.ensureUser({ email: EMAIL })
    expect(at.did()).toEqual(['user.created'])
    const none = { accountId: '1', applicationRoles: { items: [] } }
    await using other = open({
      [SEARCH]: answer(200, [{ accountId: '1', emailAddress: EMAIL }]),
      [USER]: answer(200, none),
    })
    await other.jira.ensureUser({ email: EMAIL })
    expect(other.did()).toEqual(['user.created'])
  })

  test.each([400, 403])('that Jira does not take away (%i) is removed by hand', async (status) => {
    await using at = open({ [REMOVE]: answer(status, { errorMessages: ['Not you.'] }) })
    const { accountId } = await at.jira.ensureUser({ email: EMAIL })
    const refused = at.jira.removeUser({ email: EMAIL, accountId, made: true })
    await expect(refused).rejects.toMatchObject({ consequence: 'permanent', hint: expect.stringContaining('Remove') })
  })
})

describe('a payroll record of Gusto', () => {
  const EMPLOYEE = 'DELETE /gusto/v1/employees/00000003-0000-4000-8000-000000000001'

  test('that the run made is deleted, with its id or by its address, and again changes nothing', async () => {
    await using at = open()
    const { employeeId } = await at.gusto.ensureEmployee(PERSON)
    for (let time = 1; time <= 2; time++) await at.gusto.removeEmployee({ email: EMAIL, employeeId, made: true })
    await at.gusto.ensureEmployee(PERSON)
    await at.gusto.removeEmployee({ email: EMAIL, made: true })
    expect(at.did().filter((kind) => kind.startsWith('employee'))).toEqual([
      'employee.created',
      'employee.deleted',
      'employee.created',
      'employee.deleted',
    ])
  })

  test('that may have been there before is for a person; where there is none nothing is done', async () => {
    await using at = open()
    await at.gusto.removeEmployee({ email: EMAIL, made: false })
    await at.gusto.ensureEmployee(PERSON)
    const asked = at.gusto.removeEmployee({ email: EMAIL, made: false })
    await expect(asked).rejects.toMatchObject({ consequence: 'person', code: 'gusto-record-not-surely-ours' })
    expect(at.did()).not.toContain('employee.deleted')
  })

  test.each([
    { name: 'has finished onboarding', status: 422, code: 'gusto-onboarding-finished', hint: 'Dismiss them' },
    { name: 'the authorization may not delete', status: 403, code: 'forbidden', hint: 'employees:manage' },
  ])('of one who $name says what a person has to do', async ({ status, code, hint }) => {
    const problem = { errors: [{ error_key: 'base', message: 'Not you.' }] }
    await using at = open({ [EMPLOYEE]: answer(status, problem) })
    const { employeeId } = await at.gusto.ensureEmployee(PERSON)
    const refused = at.gusto.removeEmployee({ email: EMAIL, employeeId, made: true })
    await expect(refused).rejects.toMatchObject({ consequence: 'permanent', code, hint: expect.stringContaining(hint) })
  })
})
