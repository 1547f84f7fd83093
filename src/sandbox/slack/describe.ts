import { APP, TEAM } from '../seed.ts'
import type { SandboxMessage, SandboxUser } from '../state.ts'
import type { Channel, StoredFile, View } from './workspace.ts'

/** A user as `users.list` shows it. */
export function describeUser(user: SandboxUser): Record<string, unknown> {
  const profile = {
    real_name: user.name,
    real_name_normalized: user.name,
    display_name: user.account,
    display_name_normalized: user.account,
    title: user.title,
    ...(user.isBot ? { bot_id: APP.botId, api_app_id: APP.id } : { email: user.email }),
    team: TEAM.id,
  }
  return {
    id: user.id,
    team_id: TEAM.id,
    name: user.account,
    real_name: user.name,
    deleted: false,
    tz: 'Europe/Berlin',
    tz_label: 'Central European Time',
    tz_offset: 3600,
    profile,
    is_admin: user.account === 'ops',
    is_owner: false,
    is_bot: user.isBot,
    is_app_user: false,
    is_restricted: user.isGuest,
    is_ultra_restricted: false,
  }
}

/** A conversation as `conversations.info` shows it. */
export function describeChannel(channel: Channel): Record<string, unknown> {
  const dm = channel.kind === 'dm'
  return {
    id: channel.id,
    ...(dm ? { user: channel.members[0] } : { name: channel.name, name_normalized: channel.name }),
    is_channel: channel.kind === 'channel',
    is_group: channel.kind === 'private',
    is_im: dm,
    is_mpim: false,
    is_private: channel.kind !== 'channel',
    is_archived: channel.archived,
    created: channel.created ?? 0,
    creator: channel.creator ?? '',
    is_general: channel.name === 'general',
    is_shared: false,
    is_ext_shared: false,
    is_member: channel.members.includes(APP.userId),
    context_team_id: TEAM.id,
    topic: { value: channel.topic, creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
    num_members: channel.members.length,
  }
}

interface InThread {
  threadTs?: string | undefined
  withMetadata?: boolean
}

/** A message as `conversations.history` and interactions show it. */
export function describeMessage(message: SandboxMessage, more: InThread = {}): Record<string, unknown> {
  const ofApp = message.user === APP.userId
  const { replies } = message
  const thread = replies.length > 0 ? message.ts : more.threadTs
  return {
    type: 'message',
    user: message.user,
    team: TEAM.id,
    ...(ofApp && { bot_id: APP.botId, app_id: APP.id }),
    text: message.text,
    ts: message.ts,
    ...(message.blocks.length > 0 && { blocks: message.blocks }),
    ...(message.editedAt && { edited: { user: message.user, ts: (Date.parse(message.editedAt) / 1000).toFixed(6) } }),
    ...(thread && { thread_ts: thread }),
    ...(replies.length > 0 && {
      reply_count: replies.length,
      reply_users: [...new Set(replies.map(({ user }) => user))],
      latest_reply: replies.at(-1)?.ts,
    }),
    ...(more.withMetadata && message.metadata !== null && { metadata: message.metadata }),
  }
}

/** A view as `views.open` answers it and as interactions carry it. */
export function describeView(view: View): Record<string, unknown> {
  return {
    id: view.id,
    team_id: TEAM.id,
    app_id: APP.id,
    app_installed_team_id: TEAM.id,
    bot_id: APP.botId,
    close: null,
    submit: null,
    title: { type: 'plain_text', text: 'View Title', emoji: true },
    private_metadata: '',
    clear_on_close: false,
    notify_on_close: false,
    ...view.view,
    type: view.type,
    callback_id: view.callbackId,
    external_id: view.externalId,
    state: { values: view.values },
    hash: view.hash,
    root_view_id: view.rootViewId,
    previous_view_id: view.previousViewId,
  }
}

/** A file as `files.completeUploadExternal` answers it. */
export function describeFile(file: StoredFile): Record<string, unknown> {
  const { bytes: _bytes, url, channel, ...rest } = file
  return {
    ...rest,
    mode: 'hosted',
    url_private: url,
    url_private_download: url,
    permalink: url,
    channels: channel === null ? [] : [channel],
  }
}
