import { randomBytes } from 'node:crypto'
import type { BoundCall } from '../../domain/operation.ts'
import { itemOf } from '../item-of.ts'
import { type GroupMember, type GroupRole, memberDelete, memberInsert } from './members.ts'
import { type GoogleUser, isOurs, type NewGoogleUser, userGet, userInsert, userSuspend } from './users.ts'

export interface GoogleWorkspaceClient {
  /** Makes the account, or finds the one that we made; somebody else's account of that address is never taken over. */
  ensureUser(user: Omit<NewGoogleUser, 'password'>): Promise<GoogleUser>
  /** Suspends the account that we made; one that is not ours, or not there, is left alone. */
  suspendUser(user: { primaryEmail: string; externalId: string }): Promise<void>
  /** Puts somebody into a group, by the group's address. */
  ensureGroupMember(member: { group: string; email: string; role?: GroupRole }): Promise<GroupMember>
  /** Takes somebody out of a group, if they are in it. */
  removeGroupMember(member: { group: string; email: string }): Promise<void>
}

/** The client over one step's calls. */
export function createGoogleWorkspaceClient(call: BoundCall): GoogleWorkspaceClient {
  return {
    ensureUser: (user) => call(userInsert, { ...user, password: unknownPassword() }),
    async suspendUser({ primaryEmail, externalId }) {
      const user = await call(userGet, { email: primaryEmail })
      if (user && isOurs(user, externalId)) await call(userSuspend, { id: user.id })
    },
    ensureGroupMember: ({ group, email, role = 'MEMBER' }) => call(memberInsert, { group, email, role }, itemOf(group)),
    async removeGroupMember(member) {
      await call(memberDelete, member, itemOf(member.group))
    },
  }
}

/** Google wants one; nobody is to know it: people come in by single sign-on or set their own through recovery. */
function unknownPassword(): string {
  return randomBytes(32).toString('base64url')
}
