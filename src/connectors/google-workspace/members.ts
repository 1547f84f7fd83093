import { z } from 'zod'
import { PersonNeeded } from '../../domain/errors.ts'
import type { Found, ReadOperation, RefusedTwiceOperation, UpsertOperation } from '../../domain/operation.ts'
import { judgeGoogle } from './judge.ts'

const ROLES = ['MEMBER', 'MANAGER', 'OWNER'] as const
export type GroupRole = (typeof ROLES)[number]

const Member = z.looseObject({ id: z.string(), role: z.enum(ROLES) })

export interface GroupMember {
  role: GroupRole
}

const shared = { service: 'google', judge: judgeGoogle } as const

/** Somebody's membership of a group. */
export const memberGet: ReadOperation<{ group: string; email: string }, z.infer<typeof Member>> = {
  ...shared,
  class: 'R',
  name: 'group-member.get',
  title: 'look up the group member',
  request: ({ group, email }) => ({
    method: 'GET',
    path: '/admin/directory/v1/groups/{groupKey}/members/{memberKey}',
    params: { groupKey: group, memberKey: email },
  }),
  answer: Member,
}

/** Puts somebody into a group; Google refuses a second time, and the role that stands is compared with ours. */
export const memberInsert: RefusedTwiceOperation<{ group: string; email: string; role: GroupRole }, GroupMember> = {
  ...shared,
  class: 'C',
  name: 'group-member.insert',
  title: 'add to the Google group',
  request: ({ group, email, role }) => ({
    method: 'POST',
    path: '/admin/directory/v1/groups/{groupKey}/members',
    params: { groupKey: group },
    body: { email, role },
  }),
  answer: Member.transform(({ role }) => ({ role })),
  async readBack({ group, email, role }, look): Promise<Found<GroupMember>> {
    const member = await look(memberGet, { group, email })
    if (ROLES.indexOf(member.role) < ROLES.indexOf(role)) throw lowerRole(member.role, role)
    return { kind: 'found', output: { role: member.role } }
  },
}

/** Takes somebody out of a group; who is not in it stays out. */
export const memberDelete: UpsertOperation<{ group: string; email: string }, null> = {
  ...shared,
  class: 'U',
  name: 'group-member.delete',
  title: 'take out of the Google group',
  request: ({ group, email }) => ({
    method: 'DELETE',
    path: '/admin/directory/v1/groups/{groupKey}/members/{memberKey}',
    params: { groupKey: group, memberKey: email },
  }),
  answer: z.unknown().transform(() => null),
  judge: (response) => (response.status === 404 ? { kind: 'done' } : judgeGoogle(response)),
}

function lowerRole(stands: GroupRole, wanted: GroupRole): PersonNeeded {
  return new PersonNeeded({
    code: 'google-member-with-lower-role',
    message: `They are in this Google group already, as ${stands} and not as ${wanted}`,
    hint: 'Change their role at https://admin.google.com/ac/groups, then retry.',
  })
}
