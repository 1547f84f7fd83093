import type { EntryCore } from '../../src/domain/entry.ts'
import { CallId, SubjectId, TeamId } from '../../src/domain/ids.ts'
import type { OpenedEntry } from '../../views/answers/audit-details-modal.ts'
import { attemptId, entryId, key, minutes, runId } from './sample-run.ts'

/** An entry of a call, or of the kind that is given. */
export const entry = (number: number, parts: Partial<EntryCore> = {}): EntryCore => ({
  v: 1,
  id: entryId(number),
  team: TeamId.parse('T0ACME000'),
  at: minutes(number),
  kind: 'call.answered',
  actor: 'purser:engine',
  subjects: [SubjectId.parse('0199f000-0000-7000-8000-000000000009')],
  run: runId,
  step: key('github-org'),
  attempt: attemptId,
  call: CallId.parse('0199f000-0000-7000-8000-000000000088'),
  try: 1,
  service: 'github',
  operation: 'org-invitation.create',
  class: 'L',
  method: 'POST',
  url: 'https://api.github.com/orgs/{org}/invitations',
  status: 201,
  duration: 412,
  key: 'run/github-org/-/github.org-invitation.create/0',
  digest: 'c2hhMjU2',
  ...parts,
})

export const answered: OpenedEntry = {
  core: entry(2),
  body: { kind: 'open', body: { response: { id: 7, login: 'jane', headers: { authorization: '[hidden: header]' } } } },
}

export const intended: OpenedEntry = {
  core: entry(1, { kind: 'call.intended' }),
  body: { kind: 'open', body: { request: { email: 'jane@acme.example', role: 'direct_member' } } },
}
