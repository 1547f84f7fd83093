import { APP, TEAM } from '../../seed.ts'
import { count, flag, text, textNeeded } from '../arguments.ts'
import type { Method } from '../call.ts'
import { describeUser } from '../describe.ts'
import { refuse } from '../refusal.ts'
import { ofUser } from './conversations.ts'

const authTest: Method = {
  scope: null,
  answer: ({ url }) => ({
    url: `${url}/`,
    team: TEAM.name,
    user: APP.name.toLowerCase(),
    team_id: TEAM.id,
    user_id: APP.userId,
    bot_id: APP.botId,
    app_id: APP.id,
    is_enterprise_install: false,
  }),
}

const teamInfo: Method = {
  scope: null,
  answer: () => ({ team: { ...TEAM, email_domain: 'acme.example', icon: {} } }),
}

const botInfo: Method = {
  scope: 'users:read',
  answer({ args }) {
    if (text(args, 'bot') !== APP.botId) throw refuse('bot_not_found')
    return { bot: { id: APP.botId, app_id: APP.id, user_id: APP.userId, name: APP.name, deleted: false, icons: {} } }
  },
}

const listUsers: Method = {
  scope: 'users:read',
  answer({ args, workspace }) {
    const users = [...workspace.users.values()]
    const limit = count(args, 'limit', 1000)
    const cursor = text(args, 'cursor')
    const from = cursor === '' ? 0 : users.findIndex(({ id }) => id === cursor)
    if (from < 0) throw refuse('invalid_cursor')
    return {
      members: users.slice(from, from + limit).map(describeUser),
      cache_ts: Math.floor(workspace.now() / 1000),
      response_metadata: { next_cursor: users[from + limit]?.id ?? '' },
    }
  },
}

const userInfo: Method = {
  scope: 'users:read',
  answer({ args, workspace }) {
    const user = workspace.users.get(textNeeded(args, 'user', 'user_not_found'))
    if (!user) throw refuse('user_not_found')
    return { user: describeUser(user) }
  },
}

const lookupByEmail: Method = {
  scope: 'users:read.email',
  answer({ args, workspace }) {
    const email = textNeeded(args, 'email', 'users_not_found').toLowerCase()
    const user = [...workspace.users.values()].find((each) => !each.isBot && each.email === email)
    if (!user) throw refuse('users_not_found')
    return { user: describeUser(user) }
  },
}

const listGroups: Method = {
  scope: 'usergroups:read',
  answer: ({ args, workspace }) => ({
    usergroups: workspace.groups.map(({ id, handle, name, users }) => ({
      id,
      team_id: TEAM.id,
      is_usergroup: true,
      name,
      handle,
      description: '',
      is_external: false,
      date_delete: 0,
      user_count: users.length,
      ...(flag(args, 'include_users') && { users }),
    })),
  }),
}

const usersOfGroup: Method = {
  scope: 'usergroups:read',
  answer({ args, workspace }) {
    const group = workspace.groups.find(({ id }) => id === text(args, 'usergroup'))
    if (!group) throw refuse('no_such_subteam')
    return { users: group.users }
  },
}

export const peopleMethods: Record<string, Method> = {
  'api.test': { scope: null, answer: ({ args }) => ({ args }) },
  'auth.test': authTest,
  'team.info': teamInfo,
  'bots.info': botInfo,
  'users.list': listUsers,
  'users.info': userInfo,
  'users.lookupByEmail': lookupByEmail,
  'users.conversations': ofUser,
  'usergroups.list': listGroups,
  'usergroups.users.list': usersOfGroup,
}
