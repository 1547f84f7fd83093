import { z } from 'zod'
import { PersonNeeded, RetryLater } from '../../domain/errors.ts'
import type { BoundCall, Found, LookFirstOperation } from '../../domain/operation.ts'
import { judgeGitHub } from './judge.ts'
import { githubCall, headers, invitationList, pendingFor, TOO_MANY } from './operations.ts'

export interface Withdrawn {
  email: string
  /** We know that there was an invitation, so that a person has to look when it is gone and not by us. */
  isInvited: boolean
}

/**
 * Takes an invitation back, which takes its teams with it. Whether one that is gone was taken back by an earlier try or
 * accepted, GitHub does not tell: so it is looked for, and what was sent before decides. `id`: null when none is pending.
 */
export const invitationCancel: LookFirstOperation<Withdrawn & { id: number | null }, null> = {
  ...githubCall,
  class: 'L',
  name: 'org-invitation.cancel',
  title: 'take the GitHub invitation back',
  request: ({ id }, settings) => ({
    method: 'DELETE',
    path: '/orgs/{org}/invitations/{invitation}',
    params: { org: settings.org ?? '', invitation: String(id) },
    headers,
  }),
  answer: z.unknown().transform(() => null),
  judge: (response) => (response.status === 404 ? { kind: 'done' } : judgeGitHub(response)),
  naturalKey: ({ email }) => email.toLowerCase(),
  lookBeforeFirstWrite: true,
  // A request that was cut off may still be carried out for a moment.
  indexLagMs: 5_000,
  async find({ email, isInvited, id }, look, mayStand): Promise<Found<null>> {
    const pending = await pendingFor(email, (page) => look(invitationList, { email, page }))
    if (pending === 'too-many') throw isMemberNow(TOO_MANY)
    if (pending !== null && pending !== id) throw changedMeanwhile()
    if (pending !== null) return { kind: 'absent' }
    if (isInvited && !mayStand) throw isMemberNow(ACCEPTED)
    return { kind: 'found', output: null }
  },
}

/** Takes back the invitation of an address, if one is pending. */
export async function withdrawInvitation(call: BoundCall, withdrawn: Withdrawn): Promise<void> {
  const { email } = withdrawn
  const pending = await pendingFor(email, (page) => call(invitationList, { email, page }, `page-${page}`))
  await call(invitationCancel, { ...withdrawn, id: typeof pending === 'number' ? pending : null })
}

const ACCEPTED = 'Their invitation is no longer pending: they have accepted it, or somebody took it back.'

/** GitHub does not tell which member has accepted an invitation. */
const isMemberNow = (why: string): PersonNeeded =>
  new PersonNeeded({
    code: 'github-invitation-gone',
    message: `${why} GitHub does not say under which user name they are a member.`,
    hint: 'Remove them from the organization’s people in GitHub if they are there, then mark this step done.',
  })

const changedMeanwhile = (): RetryLater =>
  new RetryLater({
    code: 'invitation-changed',
    message: 'Somebody invited them to the GitHub organization at the same time; nothing was taken back yet.',
    hint: 'Wait: each attempt reads the newest state first.',
  })
