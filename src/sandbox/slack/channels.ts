import { APP } from '../seed.ts'
import type { SandboxChannel } from '../state.ts'
import type { Channel, Workspace } from './workspace.ts'

/** The channel with this id or name, or the direct messages of this user with the app. */
export function findChannel(workspace: Workspace, reference: string): Channel | null {
  const byId = workspace.channels.get(reference)
  if (byId) return byId
  if (workspace.users.has(reference)) return openDirectMessages(workspace, reference)
  const name = reference.replace(/^#/, '').toLowerCase()
  for (const channel of workspace.channels.values()) {
    if (channel.kind !== 'dm' && channel.name === name) return channel
  }
  return null
}

/** The conversation between a person and the app, made at the first use. */
export function openDirectMessages(workspace: Workspace, userId: string): Channel {
  const id = `D${userId.slice(1)}`
  const existing = workspace.channels.get(id)
  if (existing) return existing
  const name = workspace.users.get(userId)?.account ?? userId
  return addChannel(workspace, { id, name, kind: 'dm', topic: '', archived: false, members: [userId, APP.userId] })
}

/** Adds an empty channel to the workspace. */
export function addChannel(workspace: Workspace, channel: Omit<SandboxChannel, 'messages'>): Channel {
  const added: Channel = { ...channel, messages: [], index: new Map() }
  workspace.channels.set(channel.id, added)
  workspace.changed()
  return added
}

/** Whether this user takes part in the channel. */
export function isMember(channel: Channel, userId: string): boolean {
  return channel.members.includes(userId)
}
