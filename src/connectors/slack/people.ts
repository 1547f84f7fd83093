import { z } from 'zod'
import type { ReadOperation } from '../../domain/operation.ts'
import { doneWhen } from './judge.ts'
import { formCall, NextCursor, slackCall } from './method.ts'

const PER_PAGE = 200

const Member = z
  .looseObject({
    id: z.string(),
    team_id: z.string().nullish(),
    name: z.string().nullish(),
    deleted: z.boolean().nullish(),
    is_bot: z.boolean().nullish(),
    is_restricted: z.boolean().nullish(),
    is_ultra_restricted: z.boolean().nullish(),
    is_stranger: z.boolean().nullish(),
    tz: z.string().nullish(),
    real_name: z.string().nullish(),
    profile: z
      .looseObject({
        display_name: z.string().nullish(),
        real_name: z.string().nullish(),
        email: z.string().nullish(),
        status_emoji: z.string().nullish(),
        status_expiration: z.int().nullish(),
      })
      .nullish(),
  })
  .transform((member) => ({
    id: member.id,
    team: member.team_id ?? null,
    name: member.profile?.real_name || member.real_name || member.profile?.display_name || member.name || member.id,
    email: member.profile?.email ?? null,
    /** IANA name. */
    timeZone: member.tz ?? 'UTC',
    isBot: member.is_bot ?? false,
    /** Guests of one or several channels, and people of other workspaces. */
    isGuest: [member.is_restricted, member.is_ultra_restricted, member.is_stranger].includes(true),
    isDeactivated: member.deleted ?? false,
    /** The emoji of their status, without colons, and when it ends, in seconds since 1970: 0 when nobody knows. */
    status: {
      emoji: (member.profile?.status_emoji ?? '').replaceAll(':', ''),
      until: member.profile?.status_expiration ?? 0,
    },
  }))
/** Somebody in the workspace, as Slack knows them. */
export type SlackMember = z.infer<typeof Member>

const One = z.looseObject({ user: Member }).transform(({ user }) => user)
const Nobody = z.looseObject({ error: z.literal('users_not_found') }).transform(() => null)

/** A page of everybody in the workspace. */
export const userList: ReadOperation<{ cursor: string }, { members: SlackMember[]; cursor: string }> = {
  ...slackCall,
  class: 'R',
  name: 'users.list',
  title: 'read who is in the workspace',
  request: ({ cursor }) => formCall('users.list', { limit: PER_PAGE, cursor: cursor === '' ? undefined : cursor }),
  answer: z
    .looseObject({ members: z.array(Member), response_metadata: NextCursor })
    .transform(({ members, response_metadata }) => ({ members, cursor: response_metadata })),
  keep: (body) => countOf(body, 'members'),
}

/** Somebody by their id. */
export const userInfo: ReadOperation<{ user: string }, SlackMember> = {
  ...slackCall,
  class: 'R',
  name: 'users.info',
  title: 'read who somebody is',
  request: ({ user }) => formCall('users.info', { user }),
  answer: One,
}

/** Somebody by their e-mail address; null when nobody in the workspace has it. */
export const userByEmail: ReadOperation<{ email: string }, SlackMember | null> = {
  ...slackCall,
  class: 'R',
  name: 'users.lookupByEmail',
  title: 'find the person in Slack',
  request: ({ email }) => formCall('users.lookupByEmail', { email }),
  answer: z.union([One, Nobody]),
  judge: doneWhen('users_not_found'),
}

const Group = z
  .looseObject({ id: z.string(), handle: z.string(), name: z.string() })
  .transform(({ id, handle, name }) => ({
    id,
    /** Without @. */
    handle,
    name,
  }))

/** The workspace's user groups. */
export const groupList: ReadOperation<Record<string, never>, z.infer<typeof Group>[]> = {
  ...slackCall,
  class: 'R',
  name: 'usergroups.list',
  title: 'read the user groups',
  request: () => formCall('usergroups.list', { include_disabled: false }),
  answer: z.looseObject({ usergroups: z.array(Group) }).transform(({ usergroups }) => usergroups),
}

/** Who is in a user group, by ids. */
export const groupMembers: ReadOperation<{ group: string }, string[]> = {
  ...slackCall,
  class: 'R',
  name: 'usergroups.users.list',
  title: 'read who is in a user group',
  request: ({ group }) => formCall('usergroups.users.list', { usergroup: group }),
  answer: z.looseObject({ users: z.array(z.string()) }).transform(({ users }) => users),
}

/** Which workspace and which app the token stands for. */
export const authTest: ReadOperation<Record<string, never>, { team: string; user: string; bot: string | null }> = {
  ...slackCall,
  class: 'R',
  name: 'auth.test',
  title: 'check the token',
  request: () => formCall('auth.test', {}),
  answer: z
    .looseObject({ team_id: z.string(), user_id: z.string(), bot_id: z.string().nullish() })
    .transform((body) => ({ team: body.team_id, user: body.user_id, bot: body.bot_id ?? null })),
}

/** Of a directory the ledger keeps how many there were, not who. */
function countOf(body: unknown, list: string): unknown {
  const parsed = z.looseObject({ [list]: z.array(z.unknown()) }).safeParse(body)
  return parsed.success ? { ok: true, [list]: parsed.data[list]?.length ?? 0 } : body
}
