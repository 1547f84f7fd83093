import { PersonNeeded } from '../../domain/errors.ts'
import type { BoundCall } from '../../domain/operation.ts'
import { type InvitedMember, invitationCreate, orgMembershipPut, teamGet, teamMembershipPut } from './operations.ts'
import { type Withdrawn, withdrawInvitation } from './withdraw-invitation.ts'

interface WantedMember {
  email: string
  /** Slugs of the teams to be in. */
  teamSlugs: readonly string[]
  /** Their GitHub user name, when it is known: then they are added directly. */
  username?: string
}

export interface GitHubClient {
  /** Makes somebody a member of the organization and its teams: by user name when it is known, else by invitation. */
  ensureMember(member: WantedMember): Promise<InvitedMember>
  /** Takes back the invitation of an address; `isInvited`: we know that there was one, so that a person has to look when it is gone. */
  withdraw(invitation: Withdrawn): Promise<void>
}

/** The client over one step's calls. */
export function createGitHubClient(call: BoundCall): GitHubClient {
  return {
    async ensureMember({ email, teamSlugs, username }) {
      if (username !== undefined) return addByName(call, username, teamSlugs)
      const teamIds: number[] = []
      for (const slug of teamSlugs) teamIds.push((await call(teamGet, { slug }, slug)).id)
      const member = await call(invitationCreate, { email, teamIds })
      if (member.state === 'already-member' && teamSlugs.length > 0) throw teamsOpen(teamSlugs)
      return member
    },
    withdraw: (invitation) => withdrawInvitation(call, invitation),
  }
}

async function addByName(call: BoundCall, username: string, teamSlugs: readonly string[]): Promise<InvitedMember> {
  const { state } = await call(orgMembershipPut, { username })
  for (const slug of teamSlugs) await call(teamMembershipPut, { username, slug }, slug)
  return { state: state === 'active' ? 'already-member' : 'invited', invitationId: null }
}

/** GitHub does not tell which member has an e-mail address, so nobody but a person can put them into teams. */
function teamsOpen(teamSlugs: readonly string[]): PersonNeeded {
  return new PersonNeeded({
    code: 'github-member-already',
    message: `They are a member of the GitHub organization already, and GitHub does not say under which user name; the teams ${teamSlugs.join(', ')} were not changed.`,
    hint: 'Check their teams in GitHub, then mark this step done.',
  })
}
