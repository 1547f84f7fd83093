import { describe, expect, it } from 'vitest'
import { parseJql } from '../../../src/sandbox/services/jira/parse-jql.ts'
import { SANDBOX_ACCESS } from '../../../src/sandbox/services/tokens.ts'
import { handClock, openServices } from './open-services.ts'

const API = '/rest/api/3'
const user = { emailAddress: 'jane@acme.example', products: ['jira-software'] }
const issue = {
  fields: { project: { key: 'HR' }, issuetype: { name: 'Task' }, summary: 'Laptop for Jane Doe', labels: ['run-1'] },
}

describe('the Jira fake', () => {
  it('answers 201 with the same account when a person is there already', async () => {
    await using services = await openServices()
    const jira = services.call('jira')
    const first = await jira('POST', `${API}/user`, { body: user })
    expect(first).toMatchObject({ status: 201, body: { emailAddress: 'jane@acme.example', active: true } })
    expect(await jira('POST', `${API}/user`, { body: user })).toMatchObject({
      status: 201,
      body: { accountId: first.body.accountId },
    })
    expect(await services.effects('jira')).toEqual(['user.created jane@acme.example'])
  })

  it('shows what a person may use, removes them once, and makes another account for them then', async () => {
    await using services = await openServices()
    const jira = services.call('jira')
    const { accountId } = (await jira('POST', `${API}/user`, { body: user })).body
    const account = `${API}/user?accountId=${encodeURIComponent(accountId)}`
    expect((await jira('GET', account)).body).not.toHaveProperty('applicationRoles')
    expect((await jira('GET', `${account}&expand=applicationRoles`)).body).toMatchObject({
      applicationRoles: { size: 1, items: [{ key: 'jira-software' }] },
    })
    expect((await jira('DELETE', account)).status).toBe(204)
    expect((await jira('DELETE', account)).status).toBe(404)
    expect((await jira('POST', `${API}/user`, { body: user })).body.accountId).not.toBe(accountId)
  })

  it('refuses a person who is there without access', async () => {
    await using services = await openServices()
    const jira = services.call('jira')
    await jira('POST', `${API}/user`, { body: { ...user, products: [] } })
    const again = await jira('POST', `${API}/user`, { body: user })
    expect(again).toMatchObject({ status: 400, body: { errorMessages: [expect.stringContaining('without access')] } })
  })

  it('finds people by address and by the beginning of a word', async () => {
    await using services = await openServices()
    const jira = services.call('jira')
    await jira('POST', `${API}/user`, { body: user })
    const found = async (query: string) => (await jira('GET', `${API}/user/search?${query}`)).body.length
    expect(await found('query=jane%40acme.example')).toBe(1)
    expect(await found('query=JAN')).toBe(1)
    expect(await found('query=ane')).toBe(0)
    expect(await found('query=joe%40acme.example')).toBe(0)
    expect((await jira('GET', `${API}/user/search`)).status).toBe(400)
  })

  it('puts a person into a group, once', async () => {
    await using services = await openServices()
    const jira = services.call('jira')
    const { body: made } = await jira('POST', `${API}/user`, { body: user })
    const add = (group: string, accountId: string) =>
      jira('POST', `${API}/group/user?groupname=${group}`, { body: { accountId } })
    expect(await add('engineers', made.accountId)).toMatchObject({ status: 201, body: { name: 'engineers' } })
    expect((await add('engineers', made.accountId)).status).toBe(201)
    expect((await add('no-such-group', made.accountId)).status).toBe(404)
    expect((await add('engineers', 'nobody')).status).toBe(404)
    expect(await services.effects('jira')).toEqual([
      'user.created jane@acme.example',
      `group-member.added engineers/${made.accountId}`,
    ])
  })

  it('makes two issues when it is asked twice', async () => {
    await using services = await openServices()
    const jira = services.call('jira')
    const first = await jira('POST', `${API}/issue`, { body: issue })
    const second = await jira('POST', `${API}/issue`, { body: issue })
    expect([first, second].map(({ status, body }) => [status, body.key])).toEqual([
      [201, 'HR-1'],
      [201, 'HR-2'],
    ])
    const effects = await services.effects('jira')
    expect(effects).toHaveLength(2)
    expect(new Set(effects)).toHaveLength(1)
    expect((await jira('GET', `${API}/issue/HR-1`)).body.fields).toMatchObject({ labels: ['run-1'] })
    expect((await jira('GET', `${API}/issue/${second.body.id}`)).body.key).toBe('HR-2')
    expect((await jira('GET', `${API}/issue/HR-3`)).status).toBe(404)
  })

  it('finds an issue by its label only when the index has caught up', async () => {
    const clock = handClock()
    await using services = await openServices({ clock })
    const jira = services.call('jira')
    const { body: made } = await jira('POST', `${API}/issue`, { body: issue })
    const jql = 'project = HR AND labels = "run-1"'
    const search = async (more = '') =>
      (await jira('GET', `${API}/search/jql?fields=summary,labels&jql=${encodeURIComponent(jql)}${more}`)).body
    expect(await search()).toEqual({ isLast: true, issues: [] })
    expect((await search(`&reconcileIssues=${made.id}`)).issues).toHaveLength(1)
    clock.advance(2_000)
    expect((await search()).issues).toMatchObject([{ key: 'HR-1', fields: { summary: 'Laptop for Jane Doe' } }])
    await services.control('POST', '/switches/jira/index-lag', { seconds: 60 })
    expect((await search()).issues).toEqual([])
    clock.advance(58_000)
    expect((await search()).issues).toHaveLength(1)
  })

  it('answers searches by POST in pages, with ids alone when no field is asked for', async () => {
    const clock = handClock()
    await using services = await openServices({ clock })
    const jira = services.call('jira')
    for (const _ of [1, 2, 3]) await jira('POST', `${API}/issue`, { body: issue })
    clock.advance(2_000)
    const page = async (nextPageToken?: string) =>
      (await jira('POST', `${API}/search/jql`, { body: { jql: 'labels = run-1', maxResults: 2, nextPageToken } })).body
    const first = await page()
    expect(first).toMatchObject({ isLast: false, issues: [{ id: '10001' }, { id: '10002' }] })
    expect(Object.keys(first.issues[0])).toEqual(['id'])
    expect(await page(first.nextPageToken)).toEqual({ isLast: true, issues: [{ id: '10003' }] })
  })

  it.each(['summary ~ "x"', 'assignee = jane', '', 'labels = "a" OR labels = "b"'])(
    'refuses the JQL %j',
    async (jql) => {
      await using services = await openServices()
      const refused = await services.call('jira')('POST', `${API}/search/jql`, { body: { jql } })
      expect(refused.status).toBe(400)
    },
  )

  it('reads conditions with lists, either quotes and an order', () => {
    expect(parseJql(`labels in ("a", 'b') AND project=HR order by created DESC`)).toEqual([
      { field: 'labels', values: ['a', 'b'] },
      { field: 'project', values: ['HR'] },
    ])
  })

  it('takes an address and an API token as well as a bearer token', async () => {
    await using services = await openServices()
    const basic = (token: string) => Buffer.from(`${SANDBOX_ACCESS.jira.email}:${token}`).toString('base64')
    const search = (authorization: string) =>
      services.send('GET', `/jira${API}/user/search?query=x`, { headers: { authorization } })
    expect((await search(`Basic ${basic(SANDBOX_ACCESS.jira.token)}`)).status).toBe(200)
    expect(await search(`Basic ${basic('wrong')}`)).toMatchObject({
      status: 401,
      body: { errorMessages: [expect.any(String)] },
    })
  })
})
