import { randomBytes } from 'node:crypto'
import type { SandboxMessage } from '../state.ts'
import { isObject } from './block-kit/checks.ts'
import { walkElements } from './block-kit/walk-elements.ts'
import type { Channel, PlacedMessage, Workspace } from './workspace.ts'

/** Private messages kept for the page, all people together. */
const EPHEMERALS_KEPT = 500

interface NewMessage {
  channel: Channel
  user: string
  text: string
  blocks?: unknown[]
  threadTs?: string | null
  metadata?: unknown
}

/** Adds a message to its channel or thread; a reply to a reply goes to the same thread. */
export function addMessage(workspace: Workspace, message: NewMessage): SandboxMessage {
  const { channel } = message
  const added: SandboxMessage = {
    ts: workspace.nextTs(),
    user: message.user,
    text: message.text,
    blocks: withIds(message.blocks ?? []),
    editedAt: null,
    metadata: message.metadata ?? null,
    replies: [],
  }
  const parent = message.threadTs ? threadOf(channel, message.threadTs) : null
  if (parent) parent.replies.push(added)
  else channel.messages.push(added)
  channel.index.set(added.ts, { message: added, parent })
  workspace.changed()
  return added
}

/** The message that a thread hangs on, given the time stamp of it or of one of its replies. */
export function threadOf(channel: Channel, ts: string): SandboxMessage | null {
  const placed = channel.index.get(ts)
  return placed ? (placed.parent ?? placed.message) : null
}

/** Takes a message out of its channel; what hangs on it goes with it. */
export function removeMessage(workspace: Workspace, channel: Channel, placed: PlacedMessage): void {
  const among = placed.parent ? placed.parent.replies : channel.messages
  const at = among.lastIndexOf(placed.message)
  if (at >= 0) among.splice(at, 1)
  channel.index.delete(placed.message.ts)
  for (const reply of placed.message.replies) channel.index.delete(reply.ts)
  workspace.changed()
}

interface NewEphemeral {
  channel: string
  user: string
  text: string
  blocks?: unknown[]
  threadTs?: string | null
}

/** Shows a message to one person only. */
export function addEphemeral(workspace: Workspace, message: NewEphemeral): string {
  const ts = workspace.nextTs()
  workspace.ephemerals.push({
    ts,
    user: message.user,
    channel: message.channel,
    threadTs: message.threadTs ?? null,
    text: message.text,
    blocks: withIds(message.blocks ?? []),
  })
  if (workspace.ephemerals.length > EPHEMERALS_KEPT) workspace.ephemerals.shift()
  workspace.changed()
  return ts
}

/** Gives blocks and their elements the ids that Slack gives them when the app left them out. */
export function withIds(blocks: unknown[]): unknown[] {
  for (const block of blocks) {
    if (!isObject(block)) continue
    block.block_id ??= newId()
    for (const { element } of walkElements(block)) element.action_id ??= newId()
  }
  return blocks
}

function newId(): string {
  return randomBytes(4).toString('base64url').slice(0, 5)
}
