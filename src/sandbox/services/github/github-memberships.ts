import { z } from 'zod'
import { type Answer, type Ask, isKnownName, numberOf, Refused, readBody } from '../fake.ts'
import { organizationOf } from './github-invitations.ts'
import { addMember, type Member, type Organization, type Organizations } from './github-organizations.ts'
import { githubError, githubUnprocessable } from './github-refusals.ts'
import { fullTeam, simpleOrganization, simpleUser } from './github-shapes.ts'

const OrgRole = z.looseObject({ role: z.enum(['admin', 'member']).default('member') })
const TeamRole = z.looseObject({ role: z.enum(['member', 'maintainer']).default('member') })

/** Makes somebody a member, or changes the role: repeatable; pending until the person accepts. */
export function putOrgMembership(ask: Ask, organizations: Organizations): Answer {
  const organization = organizationOf(ask, organizations)
  const { role } = readBody(OrgRole, ask.body, (field, problem) => githubUnprocessable('Membership', field, problem))
  const login = usernameOf(ask)
  const known = organization.members.get(login.toLowerCase())
  const member: Member = { email: null, state: 'pending', ...known, login: known?.login ?? login, role }
  addMember(organization, member)
  const key = `${organization.login}/${login}`.toLowerCase()
  const kind = known ? 'membership.updated' : 'membership.created'
  const effects = known?.role === role ? [] : [{ kind, key, detail: { role } }]
  return { status: 200, body: membershipBean(organization, member, ask.base), effects }
}

/** Whether somebody is a member, and in which role. */
export function getOrgMembership(ask: Ask, organizations: Organizations): Answer {
  const organization = organizationOf(ask, organizations)
  const member = organization.members.get(usernameOf(ask).toLowerCase())
  if (!member) throw new Refused(githubError(404, 'Not Found'))
  return { status: 200, body: membershipBean(organization, member, ask.base) }
}

/** Puts somebody into a team: repeatable; who is no member of the organisation is invited by it. */
export function putTeamMembership(ask: Ask, organizations: Organizations): Answer {
  const organization = organizationOf(ask, organizations)
  const { role } = readBody(TeamRole, ask.body, (field, problem) => githubUnprocessable('TeamMember', field, problem))
  const slug = teamSlugOf(ask)
  const login = usernameOf(ask)
  const roles = organization.teams.get(slug) ?? new Map<string, 'member' | 'maintainer'>()
  organization.teams.set(slug, roles)
  const known = organization.members.get(login.toLowerCase())
  if (!known) addMember(organization, { login, email: null, role: 'member', state: 'pending' })
  const before = roles.get(login.toLowerCase())
  roles.set(login.toLowerCase(), role)
  const key = `${organization.login}/${slug}/${login}`.toLowerCase()
  const kind = before ? 'team-membership.updated' : 'team-membership.created'
  const url = `${ask.base}${ask.path}`
  return {
    status: 200,
    body: { url, role, state: known?.state ?? 'pending' },
    effects: before === role ? [] : [{ kind, key, detail: { role } }],
  }
}

/** A team by its slug. */
export function getTeam(ask: Ask, organizations: Organizations): Answer {
  const organization = organizationOf(ask, organizations)
  const slug = teamSlugOf(ask)
  const members = organization.teams.get(slug)?.size ?? 0
  return { status: 200, body: fullTeam({ org: organization.login, slug, members, base: ask.base }) }
}

function usernameOf(ask: Ask): string {
  const login = ask.param('username')
  if (!isKnownName(login)) throw new Refused(githubError(404, 'Not Found'))
  return login
}

function teamSlugOf(ask: Ask): string {
  const slug = ask.param('team_slug').toLowerCase()
  if (!isKnownName(slug)) throw new Refused(githubError(404, 'Not Found'))
  return slug
}

function membershipBean(organization: Organization, member: Member, base: string) {
  return {
    url: `${base}/orgs/${organization.login}/memberships/${encodeURIComponent(member.login)}`,
    state: member.state,
    role: member.role,
    organization_url: `${base}/orgs/${organization.login}`,
    organization: simpleOrganization(organization.login, base),
    user: simpleUser(member.login, numberOf(member.login), base),
  }
}
