import { APP } from '../../seed.ts'
import { structured, text, textNeeded } from '../arguments.ts'
import { checkBlocks } from '../block-kit/check-blocks.ts'
import { isObject } from '../block-kit/checks.ts'
import type { Call, Method } from '../call.ts'
import { findChannel, isMember } from '../channels.ts'
import { describeMessage } from '../describe.ts'
import { addEphemeral, addMessage, removeMessage, threadOf, withIds } from '../messages.ts'
import { refuse, refuseProblems } from '../refusal.ts'
import type { Channel, PlacedMessage, Workspace } from '../workspace.ts'

const POSTED_TEXT = 40_000
const UPDATED_TEXT = 4000

/** The channel in which the app may write, or Slack's reason why not. */
export function writableChannel(workspace: Workspace, reference: string): Channel {
  const channel = findChannel(workspace, reference)
  if (!channel) throw refuse('channel_not_found')
  if (!isMember(channel, APP.userId)) throw refuse(channel.kind === 'private' ? 'channel_not_found' : 'not_in_channel')
  if (channel.archived) throw refuse('is_archived')
  return channel
}

/** Blocks that Slack would take, or undefined when none were sent. */
export function acceptedBlocks(given: unknown): unknown[] | undefined {
  if (given === undefined) return undefined
  if (!Array.isArray(given)) throw refuse('invalid_blocks_format')
  const problems = checkBlocks(given, 'message')
  if (problems.length > 0) throw refuseProblems('invalid_blocks', problems, '/blocks')
  return given
}

function acceptedMetadata(call: Call): unknown {
  const metadata = structured(call.args, 'metadata', 'invalid_metadata_format')
  if (metadata === undefined) return undefined
  if (!isObject(metadata) || typeof metadata.event_type !== 'string' || !isObject(metadata.event_payload)) {
    throw refuse('invalid_metadata_schema')
  }
  return metadata
}

function content({ args }: Call, longest: number): { text: string; blocks: unknown[] | undefined } {
  const words = text(args, 'text')
  const blocks = acceptedBlocks(structured(args, 'blocks', 'invalid_blocks_format'))
  if (words === '' && (blocks?.length ?? 0) === 0) throw refuse('no_text')
  if (words.length > longest) throw refuse('msg_too_long')
  return { text: words, blocks }
}

function ownMessage(channel: Channel, ts: string, refused: string): PlacedMessage {
  const placed = channel.index.get(ts)
  if (!placed) throw refuse('message_not_found')
  if (placed.message.user !== APP.userId) throw refuse(refused)
  return placed
}

const postMessage: Method = {
  scope: 'chat:write',
  answer(call) {
    const channel = writableChannel(call.workspace, textNeeded(call.args, 'channel', 'channel_not_found'))
    const { text: words, blocks } = content(call, POSTED_TEXT)
    const threadTs = text(call.args, 'thread_ts')
    const parent = threadTs === '' ? null : threadOf(channel, threadTs)
    if (threadTs !== '' && !parent) throw refuse('thread_not_found')
    const message = addMessage(call.workspace, {
      channel,
      user: APP.userId,
      text: words,
      blocks: blocks ?? [],
      threadTs: parent?.ts ?? null,
      metadata: acceptedMetadata(call),
    })
    call.did('message.posted', `${channel.id}/${message.ts}`)
    const described = describeMessage(message, { threadTs: parent?.ts, withMetadata: true })
    return { channel: channel.id, ts: message.ts, message: described }
  },
}

const postEphemeral: Method = {
  scope: 'chat:write',
  answer(call) {
    const channel = writableChannel(call.workspace, textNeeded(call.args, 'channel', 'channel_not_found'))
    const user = call.workspace.users.get(text(call.args, 'user'))
    if (!user) throw refuse('user_not_found')
    if (!isMember(channel, user.id)) throw refuse('user_not_in_channel')
    const { text: words, blocks } = content(call, POSTED_TEXT)
    const threadTs = text(call.args, 'thread_ts') || null
    const shown = { channel: channel.id, user: user.id, text: words, blocks: blocks ?? [], threadTs }
    const ts = addEphemeral(call.workspace, shown)
    call.did('ephemeral.posted', `${channel.id}/${user.id}/${ts}`)
    return { message_ts: ts }
  },
}

const update: Method = {
  scope: 'chat:write',
  answer(call) {
    const { args, workspace } = call
    const channel = writableChannel(workspace, textNeeded(args, 'channel', 'channel_not_found'))
    const { message, parent } = ownMessage(channel, text(args, 'ts'), 'cant_update_message')
    const { text: words, blocks } = content(call, UPDATED_TEXT)
    const metadata = acceptedMetadata(call)
    if (args.text !== undefined) message.text = words
    message.blocks = withIds(blocks ?? [])
    if (metadata !== undefined) message.metadata = metadata
    message.editedAt = new Date(workspace.now()).toISOString()
    workspace.changed()
    call.did('message.updated', `${channel.id}/${message.ts}`)
    const described = describeMessage(message, { threadTs: parent?.ts, withMetadata: true })
    return { channel: channel.id, ts: message.ts, text: message.text, message: described }
  },
}

const remove: Method = {
  scope: 'chat:write',
  answer({ args, workspace, did }) {
    const channel = writableChannel(workspace, textNeeded(args, 'channel', 'channel_not_found'))
    const placed = ownMessage(channel, text(args, 'ts'), 'cant_delete_message')
    removeMessage(workspace, channel, placed)
    did('message.deleted', `${channel.id}/${placed.message.ts}`)
    return { channel: channel.id, ts: placed.message.ts }
  },
}

const getPermalink: Method = {
  scope: null,
  answer({ args, workspace, url }) {
    const channel = findChannel(workspace, textNeeded(args, 'channel', 'channel_not_found'))
    if (!channel) throw refuse('channel_not_found')
    const placed = channel.index.get(text(args, 'message_ts'))
    if (!placed) throw refuse('message_not_found')
    const { ts } = placed.message
    const thread = placed.parent ? `?thread_ts=${placed.parent.ts}&cid=${channel.id}` : ''
    return { channel: channel.id, permalink: `${url}/archives/${channel.id}/p${ts.replace('.', '')}${thread}` }
  },
}

export const chatMethods: Record<string, Method> = {
  'chat.postMessage': postMessage,
  'chat.postEphemeral': postEphemeral,
  'chat.update': update,
  'chat.delete': remove,
  'chat.getPermalink': getPermalink,
}
