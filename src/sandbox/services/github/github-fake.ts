import { type Answer, type Ask, type Fake, isKnownName, type Route } from '../fake.ts'
import { credentialOf, SANDBOX_ACCESS } from '../tokens.ts'
import { acceptInvitation, cancelInvitation, createInvitation, listInvitations } from './github-invitations.ts'
import { getOrgMembership, getTeam, putOrgMembership, putTeamMembership } from './github-memberships.ts'
import { createOrganizations, type Organizations } from './github-organizations.ts'
import { githubError, githubRefusals } from './github-refusals.ts'
import { fullOrganization } from './github-shapes.ts'

/** GitHub: invitations, memberships and teams of organisations. */
export function createGithubFake(): Fake {
  const organizations = createOrganizations()
  return {
    name: 'github',
    title: 'GitHub',
    refusals: githubRefusals,
    routes: routesOf(organizations),
    turnAway: (ask: Ask) =>
      ask.headers['user-agent']
        ? null
        : githubError(
            403,
            'Request forbidden by administrative rules. Please make sure your request has a User-Agent.',
          ),
    accepts: (authorization) => credentialOf(authorization, ['bearer', 'token']) === SANDBOX_ACCESS.github.token,
    headers: (now) => ({
      'x-github-media-type': 'github.v3; format=json',
      'x-ratelimit-limit': '5000',
      'x-ratelimit-remaining': '4999',
      'x-ratelimit-used': '1',
      'x-ratelimit-resource': 'core',
      'x-ratelimit-reset': String(Math.floor(now / 1000) + 3600),
    }),
    snapshot: organizations.snapshot,
    restore: organizations.restore,
    reset: organizations.reset,
    switches: { accept: (body) => acceptInvitation(body, organizations) },
  }
}

function routesOf(organizations: Organizations): Route[] {
  const route = (
    method: string,
    pattern: string,
    answer: (ask: Ask, organizations: Organizations) => ReturnType<Route['answer']>,
  ): Route => ({
    method,
    pattern,
    use: method === 'GET' ? 'lookup' : 'write',
    answer: (ask) => answer(ask, organizations),
  })
  return [
    { method: 'GET', pattern: '/orgs/{org}', use: 'status', answer: getOrganization },
    route('POST', '/orgs/{org}/invitations', createInvitation),
    route('GET', '/orgs/{org}/invitations', listInvitations),
    route('DELETE', '/orgs/{org}/invitations/{invitation_id}', cancelInvitation),
    route('PUT', '/orgs/{org}/memberships/{username}', putOrgMembership),
    route('GET', '/orgs/{org}/memberships/{username}', getOrgMembership),
    route('PUT', '/orgs/{org}/teams/{team_slug}/memberships/{username}', putTeamMembership),
    route('GET', '/orgs/{org}/teams/{team_slug}', getTeam),
  ]
}

function getOrganization({ param, base }: Ask): Answer {
  const org = param('org')
  return isKnownName(org) ? { status: 200, body: fullOrganization(org, base) } : githubError(404, 'Not Found')
}
