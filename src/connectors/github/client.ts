import { PersonNeeded } from '../../domain/errors.ts'
import type { BoundCall } from '../../domain/operation.ts'
import {
  type InvitedMember,
  invitationCancel,
  invitationCreate,
  invitationList,
  orgMembershipPut,
  pendingFor,
  TOO_MANY,
  teamGet,
  teamMembershipPut,
} from './operations.ts'

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
  withdraw(invitation: { email: string; isInvited: boolean }): Promise<void>
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
    async withdraw({ email, isInvited }) {
      const pending = await pendingFor(email, (page) => call(invitationList, { email, page }, `page-${page}`))
      if (typeof pending === 'number') await call(invitationCancel, { id: pending })
      else if (pending === 'too-many' || isInvited) throw isMemberNow(pending === 'too-many' ? TOO_MANY : ACCEPTED)
    },
  }
}

async function addByName(call: BoundCall, username: string, teamSlugs: readonly string[]): Promise<InvitedMember> {
  const { state } = await call(orgMembershipPut, { username })
  for (const slug of teamSlugs) await call(teamMembershipPut, { username, slug }, slug)
  return { state: state === 'active' ? 'already-member' : 'invited', invitationId: null }
}

const ACCEPTED = 'Their invitation is no longer pending: they have accepted it, or somebody took it back.'

/** GitHub does not tell which member has accepted an invitation. */
const isMemberNow = (why: string): PersonNeeded =>
  new PersonNeeded({
    code: 'github-invitation-gone',
    message: `${why} GitHub does not say under which user name they are a member.`,
    hint: 'Remove them from the organization’s people in GitHub if they are there, then mark this step done.',
  })

/** GitHub does not tell which member has an e-mail address, so nobody but a person can put them into teams. */
function teamsOpen(teamSlugs: readonly string[]): PersonNeeded {
  return new PersonNeeded({
    code: 'github-member-already',
    message: `They are a member of the GitHub organization already, and GitHub does not say under which user name; the teams ${teamSlugs.join(', ')} were not changed.`,
    hint: 'Check their teams in GitHub, then mark this step done.',
  })
}
