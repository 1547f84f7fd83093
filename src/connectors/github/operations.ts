import { z } from 'zod'
import type {
  HttpResponse,
  LookFirstOperation,
  ReadOperation,
  UpsertOperation,
  Verdict,
} from '../../domain/operation.ts'
import { GitHubProblem, judgeGitHub } from './judge.ts'

const PER_PAGE = 100
/** Above this many pending invitations we say that we cannot tell, and read no further. */
const MOST_PAGES = 50

/** What all calls share. */
export const githubCall = {
  service: 'github',
  judge: judgeGitHub,
} as const
export const headers = {
  accept: 'application/vnd.github+json',
  'x-github-api-version': '2022-11-28',
}

const Invitation = z.looseObject({ id: z.int(), email: z.string().nullable() })
const Membership = z.looseObject({ state: z.enum(['active', 'pending']), role: z.string() })

export interface InvitedMember {
  state: 'invited' | 'already-member'
  /** GitHub's id of the invitation that waits. */
  invitationId: number | null
}

/** A team by its slug; its id goes into invitations. */
export const teamGet: ReadOperation<{ slug: string }, { id: number; slug: string }> = {
  ...githubCall,
  class: 'R',
  name: 'team.get',
  title: 'look up the GitHub team',
  request: ({ slug }, settings) => ({
    method: 'GET',
    path: '/orgs/{org}/teams/{team}',
    params: { org: settings.org ?? '', team: slug },
    headers,
  }),
  answer: z.looseObject({ id: z.int(), slug: z.string() }),
}

/** A page of the invitations that wait; only the one for `email` is kept in the ledger. */
export const invitationList: ReadOperation<{ email: string; page: number }, z.infer<typeof Invitation>[]> = {
  ...githubCall,
  class: 'R',
  name: 'org-invitation.list',
  title: 'look through the pending GitHub invitations',
  request: ({ page }, settings) => ({
    method: 'GET',
    path: '/orgs/{org}/invitations',
    params: { org: settings.org ?? '' },
    query: { per_page: PER_PAGE, page },
    headers,
  }),
  answer: z.array(Invitation),
  keep: (body, { email }) =>
    Array.isArray(body) ? body.filter((each) => isFor(Invitation.safeParse(each).data, email)) : body,
}

const AlreadyMember = GitHubProblem.refine(saysAlreadyMember).transform(
  (): InvitedMember => ({ state: 'already-member', invitationId: null }),
)
const Invited = Invitation.transform(({ id }): InvitedMember => ({ state: 'invited', invitationId: id }))

/** Invites by e-mail address. GitHub would invite twice, so the pending ones are looked through first. */
export const invitationCreate: LookFirstOperation<{ email: string; teamIds: readonly number[] }, InvitedMember> = {
  ...githubCall,
  class: 'L',
  name: 'org-invitation.create',
  title: 'invite to the GitHub organization',
  request: ({ email, teamIds }, settings) => ({
    method: 'POST',
    path: '/orgs/{org}/invitations',
    params: { org: settings.org ?? '' },
    body: { email, role: 'direct_member', team_ids: teamIds },
    headers,
  }),
  answer: z.union([Invited, AlreadyMember]),
  judge: judgeInvitation,
  naturalKey: ({ email }) => email.toLowerCase(),
  lookBeforeFirstWrite: true,
  // A request that was cut off may still be carried out for a moment.
  indexLagMs: 5_000,
  async find({ email }, look) {
    const pending = await pendingFor(email, (page) => look(invitationList, { email, page }))
    if (pending === null) return { kind: 'absent' }
    if (pending === 'too-many') return { kind: 'cannot-tell', why: TOO_MANY }
    return {
      kind: 'found',
      output: { state: 'invited', invitationId: pending },
    }
  },
}

export const TOO_MANY = `More than ${MOST_PAGES * PER_PAGE} invitations are pending.`

/** The pending invitation of an address; null when there is none. */
export async function pendingFor(
  email: string,
  pageOf: (page: number) => Promise<z.infer<typeof Invitation>[]>,
): Promise<number | 'too-many' | null> {
  for (let page = 1; page <= MOST_PAGES; page++) {
    const invitations = await pageOf(page)
    const pending = invitations.find((each) => isFor(each, email))
    if (pending) return pending.id
    if (invitations.length < PER_PAGE) return null
  }
  return 'too-many'
}

/** Makes a known GitHub user a member; repeating it changes nothing. */
export const orgMembershipPut: UpsertOperation<{ username: string }, z.infer<typeof Membership>> = {
  ...githubCall,
  class: 'U',
  name: 'org-membership.put',
  title: 'add to the GitHub organization',
  request: ({ username }, settings) => ({
    method: 'PUT',
    path: '/orgs/{org}/memberships/{username}',
    params: { org: settings.org ?? '', username },
    body: { role: 'member' },
    headers,
  }),
  answer: Membership,
}

/** Puts a known GitHub user into a team; repeating it changes nothing. */
export const teamMembershipPut: UpsertOperation<{ username: string; slug: string }, z.infer<typeof Membership>> = {
  ...githubCall,
  class: 'U',
  name: 'team-membership.put',
  title: 'add to the GitHub team',
  request: ({ username, slug }, settings) => ({
    method: 'PUT',
    path: '/orgs/{org}/teams/{team}/memberships/{username}',
    params: { org: settings.org ?? '', team: slug, username },
    body: { role: 'member' },
    headers,
  }),
  answer: Membership,
}

function isFor(invitation: { email: string | null } | undefined, email: string): boolean {
  return invitation?.email?.toLowerCase() === email.toLowerCase()
}

/** GitHub gives "is a member already" no code of its own, only this sentence (its spelling of "address" varies). */
function saysAlreadyMember(problem: z.infer<typeof GitHubProblem>): boolean {
  return problem.errors?.some(({ message }) => message?.includes('already a part of this organization')) ?? false
}

function judgeInvitation(response: HttpResponse): Verdict | null {
  if (response.status === 422 && AlreadyMember.safeParse(response.body).success) return { kind: 'done' }
  return judgeGitHub(response)
}
