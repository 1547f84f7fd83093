import { describe, expect, it } from 'vitest'
import { openServices } from './open-services.ts'

const INVITATIONS = '/orgs/acme/invitations'
const jane = { email: 'jane@acme.example', role: 'direct_member', team_ids: [7] }

describe('the GitHub fake', () => {
  it('makes a second invitation for an address that is invited already', async () => {
    await using services = await openServices()
    const github = services.call('github')
    expect(await github('POST', INVITATIONS, { body: jane })).toMatchObject({
      status: 201,
      body: { id: 1, email: 'jane@acme.example', login: null, role: 'direct_member', team_count: 1 },
    })
    expect(await github('POST', INVITATIONS, { body: jane })).toMatchObject({ status: 201, body: { id: 2 } })
    expect((await github('GET', INVITATIONS)).body).toHaveLength(2)
    expect(await services.effects('github')).toEqual(Array(2).fill('invitation.created acme/jane@acme.example'))
  })

  it('refuses to invite a member', async () => {
    await using services = await openServices()
    const github = services.call('github')
    await github('POST', INVITATIONS, { body: jane })
    await services.control('POST', '/switches/github/accept', { org: 'acme', email: 'jane@acme.example' })
    expect((await github('GET', INVITATIONS)).body).toEqual([])
    expect(await github('POST', INVITATIONS, { body: jane })).toMatchObject({
      status: 422,
      body: {
        message: 'Validation Failed',
        errors: [{ code: 'unprocessable', message: 'Invitee is already a part of this organization' }],
      },
    })
    expect(await github('GET', '/orgs/acme/memberships/jane')).toMatchObject({ status: 200, body: { state: 'active' } })
  })

  it('lists invitations in pages that are linked', async () => {
    await using services = await openServices()
    const github = services.call('github')
    for (let i = 0; i < 5; i++) await github('POST', INVITATIONS, { body: { email: `p${i}@acme.example` } })
    const seen: string[] = []
    let path: string | undefined = `${INVITATIONS}?per_page=2`
    for (let pages = 0; path !== undefined && pages < 10; pages++) {
      const page = await github('GET', path)
      seen.push(...page.body.map((each: { email: string }) => each.email))
      path = /<[^>]*\/github([^>]+)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1]
    }
    expect(seen).toEqual([0, 1, 2, 3, 4].map((i) => `p${i}@acme.example`))
  })

  it('upserts a membership: the same again changes nothing', async () => {
    await using services = await openServices()
    const github = services.call('github')
    const put = (role: string) => github('PUT', '/orgs/acme/memberships/jane-doe', { body: { role } })
    expect(await put('member')).toMatchObject({ status: 200, body: { state: 'pending', role: 'member' } })
    expect((await put('member')).status).toBe(200)
    expect(await put('admin')).toMatchObject({ status: 200, body: { role: 'admin' } })
    expect(await services.effects('github')).toEqual([
      'membership.created acme/jane-doe',
      'membership.updated acme/jane-doe',
    ])
    expect((await github('GET', '/orgs/acme/memberships/joe')).status).toBe(404)
  })

  it('upserts a place in a team and shows the team', async () => {
    await using services = await openServices()
    const github = services.call('github')
    for (const _ of [1, 2]) {
      const put = await github('PUT', '/orgs/acme/teams/platform/memberships/jane-doe', { body: { role: 'member' } })
      expect(put).toMatchObject({ status: 200, body: { role: 'member', state: 'pending' } })
    }
    expect(await services.effects('github')).toEqual(['team-membership.created acme/platform/jane-doe'])
    expect((await github('GET', '/orgs/acme/teams/platform')).body).toMatchObject({
      slug: 'platform',
      members_count: 1,
    })
    expect((await github('GET', '/orgs/acme/teams/no-such-team')).status).toBe(404)
    expect((await github('GET', '/orgs/no-such-org/invitations')).status).toBe(404)
  })

  it('refuses an invitation for nobody', async () => {
    await using services = await openServices()
    const refused = await services.call('github')('POST', INVITATIONS, { body: { role: 'direct_member' } })
    expect(refused).toMatchObject({ status: 422, body: { message: 'Validation Failed', errors: [{ field: 'email' }] } })
  })

  it('takes the older word for a bearer token too, and no other token', async () => {
    await using services = await openServices()
    const list = (authorization: string) =>
      services.send('GET', `/github${INVITATIONS}`, { headers: { authorization } })
    expect((await list('token sandbox-github-token')).status).toBe(200)
    expect(await list('Bearer wrong')).toMatchObject({ status: 401, body: { message: 'Bad credentials' } })
  })
})
