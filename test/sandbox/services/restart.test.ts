import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openServices } from './open-services.ts'

const MAIN = fileURLToPath(new URL('../../../src/sandbox/services/main.ts', import.meta.url))
const USERS = '/admin/directory/v1/users'
const CONTACT = '/services/data/v62.0/sobjects/Contact/Purser_Id__c/run-1'
const jane = {
  primaryEmail: 'jane@acme.example',
  name: { givenName: 'Jane', familyName: 'Doe' },
  password: 'not-a-real-one',
}

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'purser-services-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

async function doEverything(services: Awaited<ReturnType<typeof openServices>>) {
  await services.call('google')('POST', USERS, { body: jane })
  await services.call('google')('POST', '/admin/directory/v1/groups/all@acme.example/members', {
    body: { email: jane.primaryEmail },
  })
  const user = { emailAddress: jane.primaryEmail, products: ['jira-software'] }
  const { accountId } = (await services.call('jira')('POST', '/rest/api/3/user', { body: user })).body
  await services.call('jira')('POST', '/rest/api/3/group/user?groupname=engineers', { body: { accountId } })
  const fields = { project: { key: 'HR' }, issuetype: { name: 'Task' }, summary: 'Laptop', labels: ['run-1'] }
  await services.call('jira')('POST', '/rest/api/3/issue', { body: { fields } })
  await services.call('github')('POST', '/orgs/acme/invitations', { body: { email: jane.primaryEmail } })
  await services.call('github')('PUT', '/orgs/acme/teams/platform/memberships/jane-doe', { body: {} })
  await services.call('salesforce')('PATCH', CONTACT, { body: { LastName: 'Doe' } })
  const employee = { first_name: 'Jane', last_name: 'Doe', email: jane.primaryEmail }
  const made = await services.call('gusto')('POST', '/v1/companies/acme/employees', { body: employee })
  await services.call('gusto')('POST', `/v1/employees/${made.body.uuid}/jobs`, {
    body: { title: 'Engineer', hire_date: '2026-12-01' },
  })
  await services.call('gusto')('GET', '/v1/companies/acme/employees')
}

async function everythingOf(services: Awaited<ReturnType<typeof openServices>>) {
  const names = ['google', 'jira', 'github', 'salesforce', 'gusto', 'pagerduty']
  return Promise.all(
    names.flatMap((name) => [services.control('GET', `/state/${name}`), services.control('GET', `/log/${name}`)]),
  )
}

describe('the services', () => {
  it('remember state, log and counts across a restart', async () => {
    const stateFile = join(folder, 'services.json')
    const first = await openServices({ stateFile })
    await doEverything(first)
    const before = [await everythingOf(first), await first.control('GET', '/summary')]
    await first.close()
    await using second = await openServices({ stateFile })
    expect([await everythingOf(second), await second.control('GET', '/summary')]).toEqual(before)
    expect((await second.call('google')('POST', USERS, { body: jane })).status).toBe(409)
    expect((await second.call('salesforce')('PATCH', CONTACT, { body: { LastName: 'Doe' } })).status).toBe(200)
    const invited = await second.call('github')('POST', '/orgs/acme/invitations', {
      body: { email: 'joe@acme.example' },
    })
    expect(invited.body.id).toBe(2)
  })

  it('write their state soon after a change, without being closed', async () => {
    const stateFile = join(folder, 'services.json')
    await using services = await openServices({ stateFile })
    await services.call('google')('POST', USERS, { body: jane })
    for (let i = 0; i < 100 && !existsSync(stateFile); i++) await new Promise((resolve) => setTimeout(resolve, 20))
    await using copy = await openServices({ stateFile })
    expect(await copy.effects('google')).toEqual(['user.created jane@acme.example'])
  })

  it('say which file is in the way when it is not a state', async () => {
    const stateFile = join(folder, 'services.json')
    writeFileSync(stateFile, '{"services":')
    await expect(openServices({ stateFile })).rejects.toThrow(/services\.json is not a state.*delete it/)
  })
})

describe('the services as a process', () => {
  async function started(stdio: 'pipe' | 'ipc'): Promise<{ child: ChildProcess; url: string }> {
    const child = spawn(process.execPath, [MAIN, '--port', '0', '--state', join(folder, 's.json')], {
      stdio: stdio === 'ipc' ? ['ignore', 'pipe', 'inherit', 'ipc'] : ['pipe', 'pipe', 'inherit'],
    })
    if (!child.stdout) throw new Error('no stdout')
    const [line] = await once(child.stdout, 'data')
    const ready = JSON.parse(String(line))
    expect(ready).toEqual({ ready: true, url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) })
    return { child, url: ready.url }
  }

  it.each(['pipe', 'ipc'] as const)('end with their parent, told by %s, and keep their state', async (stdio) => {
    const { child, url } = await started(stdio)
    try {
      const summary = await fetch(`${url}/control/reset`, { method: 'POST' })
      expect(summary.status).toBe(200)
      const exit = once(child, 'exit')
      if (stdio === 'ipc') child.disconnect()
      else child.stdin?.end()
      expect(await exit).toEqual([0, null])
      expect(existsSync(join(folder, 's.json'))).toBe(true)
    } finally {
      child.kill('SIGKILL')
    }
  })

  it('refuse arguments that make no sense', async () => {
    const child = spawn(process.execPath, [MAIN, '--latency', 'fast'], { stdio: ['pipe', 'ignore', 'pipe'] })
    const told: Buffer[] = []
    child.stderr?.on('data', (chunk: Buffer) => told.push(chunk))
    expect((await once(child, 'close'))[0]).toBe(2)
    expect(Buffer.concat(told).toString()).toContain('--latency')
  })
})
