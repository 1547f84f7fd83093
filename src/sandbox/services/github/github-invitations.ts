import { z } from 'zod'
import { type Answer, type Ask, isKnownName, Refused, readBody } from '../fake.ts'
import { addMember, type Invitation, type Organization, type Organizations } from './github-organizations.ts'
import { githubError, githubUnprocessable } from './github-refusals.ts'
import { simpleUser } from './github-shapes.ts'

const INVITER = { login: 'acme-admin', id: 1 }

const NewInvitation = z
  .looseObject({
    email: z.email().optional(),
    invitee_id: z.int().optional(),
    role: z.enum(['admin', 'direct_member', 'billing_manager', 'reinstate']).default('direct_member'),
    team_ids: z.array(z.int()).default([]),
  })
  .refine(({ email, invitee_id }) => email !== undefined || invitee_id !== undefined, {
    path: ['email'],
    error: 'Must specify either email or invitee_id',
  })

const Acceptance = z.strictObject({ org: z.string(), email: z.string() })

/** The organisation that a path names; refused when it is one of those that never exist. */
export function organizationOf(ask: Ask, organizations: Organizations): Organization {
  const login = ask.param('org')
  if (!isKnownName(login)) throw new Refused(githubError(404, 'Not Found'))
  return organizations.of(login)
}

/** Invites by address: a member is refused, but an address that is invited already gets a second invitation. */
export function createInvitation(ask: Ask, organizations: Organizations): Answer {
  const organization = organizationOf(ask, organizations)
  const refuse = (field: string, problem: string) => githubUnprocessable('OrganizationInvitation', field, problem)
  const { email, invitee_id, role, team_ids } = readBody(NewInvitation, ask.body, refuse)
  if (email !== undefined && organization.memberEmails.has(email.toLowerCase())) {
    throw new Refused(refuse('data', 'Invitee is already a part of this organization'))
  }
  const login = invitee_id === undefined ? null : `user-${invitee_id}`
  const createdAt = new Date(ask.now).toISOString()
  const invitation = organizations.invite(organization, {
    email: email ?? null,
    login,
    role,
    teamIds: team_ids,
    createdAt,
  })
  const key = `${organization.login.toLowerCase()}/${email?.toLowerCase() ?? login}`
  const effects = [{ kind: 'invitation.created', key, detail: { id: invitation.id, role, team_ids } }]
  return { status: 201, body: invitationBean(organization, invitation, ask.base), effects }
}

/** The pending invitations, 30 a page unless told, with the way to the other pages in Link. */
export function listInvitations(ask: Ask, organizations: Organizations): Answer {
  const organization = organizationOf(ask, organizations)
  const perPage = Math.min(100, Math.max(1, Number(ask.query.get('per_page') ?? 30) || 30))
  const page = Math.max(1, Number(ask.query.get('page') ?? 1) || 1)
  const last = Math.max(1, Math.ceil(organization.invitations.length / perPage))
  const shown = organization.invitations.slice((page - 1) * perPage, page * perPage)
  const link = (to: number, rel: string) => `<${ask.base}${ask.path}?per_page=${perPage}&page=${to}>; rel="${rel}"`
  const links = [
    ...(page > 1 ? [link(page - 1, 'prev'), link(1, 'first')] : []),
    ...(page < last ? [link(page + 1, 'next'), link(last, 'last')] : []),
  ]
  const body = shown.map((invitation) => invitationBean(organization, invitation, ask.base))
  return links.length === 0 ? { status: 200, body } : { status: 200, body, headers: { link: links.join(', ') } }
}

/** Takes an invitation back; one that is not pending is not found. */
export function cancelInvitation(ask: Ask, organizations: Organizations): Answer {
  const organization = organizationOf(ask, organizations)
  const id = Number(ask.param('invitation_id'))
  const pending = organization.invitations.find((each) => each.id === id)
  if (!pending) throw new Refused(githubError(404, 'Not Found'))
  organization.invitations = organization.invitations.filter((each) => each.id !== id)
  const key = `${organization.login.toLowerCase()}/${pending.email?.toLowerCase() ?? pending.login}`
  return { status: 204, effects: [{ kind: 'invitation.cancelled', key, detail: { id } }] }
}

/** What the invited person does by hand: all invitations of the address end, and it is a member. */
export function acceptInvitation(given: unknown, organizations: Organizations): { login: string } {
  const { org, email } = Acceptance.parse(given)
  const organization = organizations.of(org)
  const login = email.split('@')[0]?.toLowerCase() ?? email
  organization.invitations = organization.invitations.filter(
    (each) => each.email?.toLowerCase() !== email.toLowerCase(),
  )
  addMember(organization, { login, email, role: 'member', state: 'active' })
  return { login }
}

function invitationBean(organization: Organization, invitation: Invitation, base: string) {
  return {
    id: invitation.id,
    node_id: `OI_${invitation.id}`,
    login: invitation.login,
    email: invitation.email,
    role: invitation.role,
    created_at: invitation.createdAt,
    failed_at: null,
    failed_reason: null,
    inviter: simpleUser(INVITER.login, INVITER.id, base),
    team_count: invitation.teamIds.length,
    invitation_teams_url: `${base}/orgs/${organization.login}/invitations/${invitation.id}/teams`,
    invitation_source: 'member',
  }
}
