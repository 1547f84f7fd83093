import { APP } from '../../seed.ts'
import { count, flag, text, textNeeded } from '../arguments.ts'
import type { Call, Method } from '../call.ts'
import { addChannel, findChannel, isMember, openDirectMessages } from '../channels.ts'
import { describeChannel } from '../describe.ts'
import { refuse } from '../refusal.ts'
import type { Channel } from '../workspace.ts'

function channelOf({ args, workspace }: Call): Channel {
  const channel = findChannel(workspace, textNeeded(args, 'channel', 'channel_not_found'))
  if (!channel || (channel.kind === 'private' && !isMember(channel, APP.userId))) throw refuse('channel_not_found')
  return channel
}

function kindsAsked({ args }: Call): (channel: Channel) => boolean {
  const types = (text(args, 'types') || 'public_channel').split(',').map((type) => type.trim())
  const kinds = { channel: 'public_channel', private: 'private_channel', dm: 'im' }
  const without = flag(args, 'exclude_archived')
  return (channel) => types.includes(kinds[channel.kind]) && !(without && channel.archived)
}

function page(call: Call, channels: Channel[]): Record<string, unknown> {
  const limit = count(call.args, 'limit', 1000)
  const from = text(call.args, 'cursor') === '' ? 0 : channels.findIndex(({ id }) => id === text(call.args, 'cursor'))
  if (from < 0) throw refuse('invalid_cursor')
  const next = channels[from + limit]
  return {
    channels: channels.slice(from, from + limit).map(describeChannel),
    response_metadata: { next_cursor: next?.id ?? '' },
  }
}

const list: Method = {
  scope: 'channels:read',
  answer(call) {
    const seen = (channel: Channel) => channel.kind === 'channel' || isMember(channel, APP.userId)
    const asked = kindsAsked(call)
    return page(
      call,
      [...call.workspace.channels.values()].filter((channel) => seen(channel) && asked(channel)),
    )
  },
}

/** `users.conversations`: those of the app, or of the user asked for. */
export const ofUser: Method = {
  scope: 'channels:read',
  answer(call) {
    const user = text(call.args, 'user') || APP.userId
    if (!call.workspace.users.has(user)) throw refuse('user_not_found')
    const asked = kindsAsked(call)
    return page(
      call,
      [...call.workspace.channels.values()].filter((channel) => isMember(channel, user) && asked(channel)),
    )
  },
}

const info: Method = {
  scope: 'channels:read',
  answer: (call) => ({ channel: describeChannel(channelOf(call)) }),
}

const members: Method = {
  scope: 'channels:read',
  answer: (call) => ({ members: channelOf(call).members, response_metadata: { next_cursor: '' } }),
}

const create: Method = {
  scope: 'channels:manage',
  answer(call) {
    const name = textNeeded(call.args, 'name', 'invalid_name_required')
    if (name.length > 80) throw refuse('invalid_name_maxlength')
    if (!/^[\p{Ll}\p{Lo}\p{N}_-]+$/u.test(name)) throw refuse('invalid_name_specials')
    for (const channel of call.workspace.channels.values()) {
      if (channel.kind !== 'dm' && channel.name === name) throw refuse('name_taken')
    }
    const kind = flag(call.args, 'is_private') ? 'private' : 'channel'
    const id = call.workspace.nextId('C')
    const made = addChannel(call.workspace, {
      ...{ id, name, kind, topic: '', archived: false, members: [APP.userId] },
      ...{ creator: APP.userId, created: Math.floor(call.workspace.now() / 1000) },
    })
    call.did('channel.created', name)
    return { channel: describeChannel(made) }
  },
}

const invite: Method = {
  scope: 'channels:manage',
  answer(call) {
    const channel = channelOf(call)
    if (channel.archived) throw refuse('is_archived')
    if (!isMember(channel, APP.userId)) throw refuse('not_in_channel')
    const users = textNeeded(call.args, 'users', 'no_user').split(',')
    for (const user of users) {
      const error = inviteError(call, channel, user)
      if (error) throw refuse(error, { errors: [{ user, ok: false, error }] })
    }
    channel.members.push(...users)
    call.workspace.changed()
    for (const user of users) call.did('member.invited', `${channel.id}/${user}`)
    return { channel: describeChannel(channel) }
  },
}

function inviteError(call: Call, channel: Channel, user: string): string | null {
  if (user === APP.userId) return 'cant_invite_self'
  if (!call.workspace.users.has(user)) return 'user_not_found'
  return isMember(channel, user) ? 'already_in_channel' : null
}

const open: Method = {
  scope: 'im:write',
  answer(call) {
    const users = text(call.args, 'users')
    if (users.includes(',')) throw refuse('method_not_supported_for_channel_type')
    if (users === '') return { channel: describeChannel(channelOf(call)) }
    if (!call.workspace.users.has(users)) throw refuse('user_not_found')
    if (users === APP.userId) throw refuse('cannot_dm_bot')
    const existed = call.workspace.channels.has(`D${users.slice(1)}`)
    const channel = openDirectMessages(call.workspace, users)
    const opened = existed ? { no_op: true, already_open: true } : {}
    return { ...opened, channel: flag(call.args, 'return_im') ? describeChannel(channel) : { id: channel.id } }
  },
}

const join: Method = {
  scope: 'channels:join',
  answer(call) {
    const channel = channelOf(call)
    if (channel.archived) throw refuse('is_archived')
    if (channel.kind !== 'channel') throw refuse('method_not_supported_for_channel_type')
    if (isMember(channel, APP.userId)) return { channel: describeChannel(channel), warning: 'already_in_channel' }
    channel.members.push(APP.userId)
    call.workspace.changed()
    call.did('channel.joined', channel.id)
    return { channel: describeChannel(channel) }
  },
}

const archive: Method = {
  scope: 'channels:manage',
  answer(call) {
    const channel = channelOf(call)
    if (channel.archived) throw refuse('already_archived')
    if (channel.name === 'general') throw refuse('cant_archive_general')
    if (!isMember(channel, APP.userId)) throw refuse('not_in_channel')
    channel.archived = true
    call.workspace.changed()
    call.did('channel.archived', channel.id)
    return {}
  },
}

const setTopic: Method = {
  scope: 'channels:manage',
  answer(call) {
    const channel = channelOf(call)
    if (channel.archived) throw refuse('is_archived')
    if (!isMember(channel, APP.userId)) throw refuse('not_in_channel')
    channel.topic = text(call.args, 'topic')
    call.workspace.changed()
    return { channel: describeChannel(channel) }
  },
}

export const conversationMethods: Record<string, Method> = {
  'conversations.list': list,
  'conversations.info': info,
  'conversations.members': members,
  'conversations.create': create,
  'conversations.invite': invite,
  'conversations.open': open,
  'conversations.join': join,
  'conversations.archive': archive,
  'conversations.setTopic': setTopic,
}
