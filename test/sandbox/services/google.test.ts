import { describe, expect, it } from 'vitest'
import { handClock, openServices } from './open-services.ts'

const USERS = '/admin/directory/v1/users'
const MEMBERS = '/admin/directory/v1/groups/engineering@acme.example/members'
const jane = {
  primaryEmail: 'jane@acme.example',
  name: { givenName: 'Jane', familyName: 'Doe' },
  password: 'not-a-real-one',
  externalIds: [{ type: 'custom', customType: 'purser', value: 'run-1' }],
}

function part(content: unknown): string {
  return Buffer.from(JSON.stringify(content)).toString('base64url')
}

function assertion(now: number, claims: Record<string, unknown> = {}): string {
  const seconds = Math.floor(now / 1000)
  const all = { iss: 'robot@acme.example', scope: 'admin', aud: 'token', iat: seconds, exp: seconds + 3600, ...claims }
  return `${part({ alg: 'RS256' })}.${part(all)}.c2lnbmF0dXJl`
}

function grant(jwt: string) {
  const body = new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: jwt })
  return { body: String(body), headers: { 'content-type': 'application/x-www-form-urlencoded' } }
}

describe('the Google fake', () => {
  it('refuses to create an account twice, and shows the one that is there', async () => {
    await using services = await openServices()
    const google = services.call('google')
    const first = await google('POST', USERS, { body: jane })
    expect(first).toMatchObject({
      status: 200,
      body: { primaryEmail: 'jane@acme.example', kind: 'admin#directory#user' },
    })
    expect(first.body).not.toHaveProperty('password')
    const second = await google('POST', USERS, { body: { ...jane, primaryEmail: 'Jane@Acme.example' } })
    expect(second).toMatchObject({
      status: 409,
      body: { error: { code: 409, message: 'Entity already exists.', errors: [{ reason: 'duplicate' }] } },
    })
    const found = await google('GET', `${USERS}/jane@acme.example`)
    expect(found).toMatchObject({ status: 200, body: { id: first.body.id, externalIds: jane.externalIds } })
    expect(await google('GET', `${USERS}/${first.body.id}`)).toMatchObject({ status: 200 })
    expect(await services.effects('google')).toEqual(['user.created jane@acme.example'])
  })

  it('does not know an account that was never created', async () => {
    await using services = await openServices()
    expect(await services.call('google')('GET', `${USERS}/nobody@acme.example`)).toMatchObject({
      status: 404,
      body: { error: { code: 404, message: 'Resource Not Found: userKey', errors: [{ reason: 'notFound' }] } },
    })
  })

  it('suspends an account by PATCH, as often as it is asked', async () => {
    await using services = await openServices()
    const google = services.call('google')
    await google('POST', USERS, { body: jane })
    for (const _ of [1, 2]) {
      const patched = await google('PATCH', `${USERS}/jane@acme.example`, { body: { suspended: true } })
      expect(patched).toMatchObject({ status: 200, body: { suspended: true, name: { fullName: 'Jane Doe' } } })
    }
    expect((await google('GET', `${USERS}/jane@acme.example`)).body.suspended).toBe(true)
  })

  it('lets an account be found by its former address too, and nobody else have it', async () => {
    await using services = await openServices()
    const google = services.call('google')
    const { id } = (await google('POST', USERS, { body: jane })).body
    const married = { primaryEmail: 'jane.roe@acme.example', name: { familyName: 'Roe' } }
    expect((await google('PATCH', `${USERS}/jane@acme.example`, { body: married })).status).toBe(200)
    for (const key of ['jane@acme.example', 'jane.roe@acme.example']) {
      const found = await google('GET', `${USERS}/${key}`)
      expect(found.body).toMatchObject({ id, primaryEmail: 'jane.roe@acme.example', name: { givenName: 'Jane' } })
    }
    expect((await google('POST', USERS, { body: jane })).status).toBe(409)
    await google('POST', USERS, { body: { ...jane, primaryEmail: 'joe@acme.example' } })
    const taken = await google('PATCH', `${USERS}/joe@acme.example`, { body: { primaryEmail: 'jane@acme.example' } })
    expect(taken.status).toBe(409)
  })

  it('names the field that is missing', async () => {
    await using services = await openServices()
    const { name: _, ...nameless } = jane
    const refused = await services.call('google')('POST', USERS, { body: nameless })
    expect(refused).toMatchObject({ status: 400, body: { error: { errors: [{ reason: 'invalid' }] } } })
    expect(refused.body.error.message).toContain('name')
  })

  it('refuses to add a member twice, and shows the role of the one that is there', async () => {
    await using services = await openServices()
    const google = services.call('google')
    await google('POST', USERS, { body: jane })
    const member = { email: 'jane@acme.example', role: 'MEMBER' }
    expect(await google('POST', MEMBERS, { body: member })).toMatchObject({ status: 200, body: member })
    expect(await google('POST', MEMBERS, { body: member })).toMatchObject({
      status: 409,
      body: { error: { message: 'Member already exists.', errors: [{ reason: 'duplicate' }] } },
    })
    expect(await google('GET', `${MEMBERS}/jane@acme.example`)).toMatchObject({ status: 200, body: { role: 'MEMBER' } })
    expect(await google('GET', `${MEMBERS}/joe@acme.example`)).toMatchObject({ status: 404 })
    expect(await services.effects('google')).toContain('member.added engineering@acme.example/jane@acme.example')
  })

  it('does not add somebody of its own domain who has no account, nor to a group that never exists', async () => {
    await using services = await openServices()
    const google = services.call('google')
    const body = { email: 'jane@acme.example' }
    expect((await google('POST', MEMBERS, { body })).body.error.message).toBe('Resource Not Found: memberKey')
    const nowhere = '/admin/directory/v1/groups/no-such-group@acme.example/members'
    expect((await google('POST', nowhere, { body })).body.error.message).toBe('Resource Not Found: groupKey')
  })

  it('says that an account is not complete yet as often as a test asks for it', async () => {
    await using services = await openServices()
    const google = services.call('google')
    await google('POST', USERS, { body: jane })
    await services.control('POST', '/switches/google/unready', { times: 1 })
    const early = await google('POST', MEMBERS, { body: { email: jane.primaryEmail } })
    expect(early).toMatchObject({ status: 412, body: { error: { message: 'User creation is not complete.' } } })
    expect(await google('POST', MEMBERS, { body: { email: jane.primaryEmail } })).toMatchObject({ status: 200 })
  })

  it('gives a token for a signed assertion, which ends after an hour or when it is told', async () => {
    const clock = handClock()
    await using services = await openServices({ clock })
    const token = async () => (await services.send('POST', '/google/token', grant(assertion(clock.now())))).body
    const list = (bearer: string) =>
      services.send('GET', `/google${USERS}/x@acme.example`, { headers: { authorization: `Bearer ${bearer}` } })
    const first = await token()
    expect(first).toMatchObject({ expires_in: 3599, token_type: 'Bearer' })
    expect((await list(first.access_token)).status).toBe(404)
    clock.advance(3_600_000)
    expect((await list(first.access_token)).status).toBe(401)
    const second = await token()
    expect((await list(second.access_token)).status).toBe(404)
    await services.control('POST', '/switches/google/expire-tokens')
    expect((await list(second.access_token)).status).toBe(401)
  })

  it.each([
    ['not a JWT', () => 'hello'],
    ['expired', (now: number) => assertion(now, { exp: Math.floor(now / 1000) - 1 })],
    ['without a scope', (now: number) => assertion(now, { scope: undefined })],
  ])('gives no token for an assertion that is %s', async (_, make) => {
    await using services = await openServices()
    const refused = await services.send('POST', '/google/token', grant(make(Date.now())))
    expect(refused).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
  })
})
