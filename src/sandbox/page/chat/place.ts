import type { SandboxChannel, SandboxState, SandboxUser } from '../../state.ts'

/** What the middle of the page shows. */
export type OpenPlace = { kind: 'channel'; id: string } | { kind: 'dm' } | { kind: 'home' }

/** The channels that an account may see: its own, and the public ones unless it is a guest. */
export function visibleChannels(state: SandboxState, me: SandboxUser): SandboxChannel[] {
  return state.channels
    .filter((channel) => channel.kind !== 'dm' && !channel.archived)
    .filter((channel) => channel.members.includes(me.id) || (channel.kind === 'channel' && !me.isGuest))
}

/** The direct messages between an account and Purser, once there are any. */
export function directMessages(state: SandboxState, me: SandboxUser): SandboxChannel | undefined {
  return state.channels.find((channel) => channel.kind === 'dm' && channel.members.includes(me.id))
}

/** The channel behind an open place. */
export function channelOf(state: SandboxState, me: SandboxUser, place: OpenPlace): SandboxChannel | undefined {
  if (place.kind === 'home') return undefined
  if (place.kind === 'dm') return directMessages(state, me)
  return visibleChannels(state, me).find((channel) => channel.id === place.id)
}

/** How many messages of others came after the last one this account has seen. */
export function unreadCount(channel: SandboxChannel | undefined, me: SandboxUser, seen: string | undefined): number {
  const isNew = (message: { ts: string; user: string }) => message.user !== me.id && message.ts > (seen ?? '')
  return channel?.messages.filter(isNew).length ?? 0
}
