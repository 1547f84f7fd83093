import { z } from 'zod'

const Invitation = z.object({
  id: z.int(),
  email: z.string().nullable(),
  login: z.string().nullable(),
  role: z.string(),
  teamIds: z.array(z.int()),
  createdAt: z.string(),
})
export type Invitation = z.infer<typeof Invitation>

const Member = z.object({
  login: z.string(),
  email: z.string().nullable(),
  role: z.enum(['admin', 'member']),
  state: z.enum(['active', 'pending']),
})
export type Member = z.infer<typeof Member>

const TeamRole = z.enum(['member', 'maintainer'])

const Saved = z.array(
  z.object({
    login: z.string(),
    invitations: z.array(Invitation),
    members: z.array(Member),
    teams: z.array(z.tuple([z.string(), z.array(z.tuple([z.string(), TeamRole]))])),
  }),
)

/** What an organisation consists of; members, teams and their members by name in lower case. */
export interface Organization {
  login: string
  /** The oldest first; one address may stand in several. */
  invitations: Invitation[]
  members: Map<string, Member>
  /** Addresses of members, in lower case. */
  memberEmails: Set<string>
  teams: Map<string, Map<string, z.infer<typeof TeamRole>>>
}

/** The organisations that were spoken of so far. */
export interface Organizations {
  of: (login: string) => Organization
  /** Notes an invitation; each has a number of its own across all organisations. */
  invite: (organization: Organization, wanted: Omit<Invitation, 'id'>) => Invitation
  snapshot: () => unknown
  restore: (saved: unknown) => void
  reset: () => void
}

/** Organisations that are there as soon as somebody names them. */
export function createOrganizations(): Organizations {
  const byLogin = new Map<string, Organization>()
  let invited = 0

  const of = (login: string) => {
    const known = byLogin.get(login.toLowerCase())
    if (known) return known
    const made: Organization = { login, invitations: [], members: new Map(), memberEmails: new Set(), teams: new Map() }
    byLogin.set(login.toLowerCase(), made)
    return made
  }

  return {
    of,
    invite(organization, wanted) {
      const invitation = { id: ++invited, ...wanted }
      organization.invitations.push(invitation)
      return invitation
    },
    snapshot: () =>
      [...byLogin.values()].map(({ login, invitations, members, teams }) => ({
        login,
        invitations,
        members: [...members.values()],
        teams: [...teams].map(([slug, roles]) => [slug, [...roles]]),
      })),
    restore(saved) {
      for (const { login, invitations, members, teams } of Saved.parse(saved)) {
        const organization = of(login)
        organization.invitations = invitations
        for (const { id } of invitations) invited = Math.max(invited, id)
        for (const member of members) addMember(organization, member)
        for (const [slug, roles] of teams) organization.teams.set(slug, new Map(roles))
      }
    },
    reset() {
      byLogin.clear()
    },
  }
}

/** Adds a member or replaces what was known of it. */
export function addMember(organization: Organization, member: Member): void {
  organization.members.set(member.login.toLowerCase(), member)
  if (member.email !== null) organization.memberEmails.add(member.email.toLowerCase())
}
