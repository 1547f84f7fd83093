import { seedChannels, seedUsers, USER_GROUPS, type UserGroup } from '../seed.ts'
import type {
  SandboxChannel,
  SandboxEphemeral,
  SandboxFile,
  SandboxMessage,
  SandboxUser,
  SandboxView,
} from '../state.ts'

/** A message where it stands: on its own, or as a reply in a thread. */
export interface PlacedMessage {
  message: SandboxMessage
  parent: SandboxMessage | null
}

export interface Channel extends SandboxChannel {
  index: Map<string, PlacedMessage>
}

/** What a person has put into a view or a message so far: block id, then action id. */
export type Values = Record<string, Record<string, Record<string, unknown>>>

export interface View extends SandboxView {
  userId: string
  type: 'modal' | 'home'
  externalId: string
  rootViewId: string
  previousViewId: string | null
  values: Values
}

export interface StoredFile extends SandboxFile {
  bytes: Buffer
}

/** What a workspace is made of when it is written down. */
export interface WorkspaceContents {
  users: SandboxUser[]
  channels: SandboxChannel[]
  ephemerals: SandboxEphemeral[]
  views: Record<string, View[]>
  homes: Record<string, View>
  files: StoredFile[]
}

/** The sandbox's Slack workspace: everything that people see in it. */
export interface Workspace {
  now: () => number
  users: Map<string, SandboxUser>
  groups: UserGroup[]
  channels: Map<string, Channel>
  ephemerals: SandboxEphemeral[]
  /** Open modals by user id, the top of the stack last. */
  views: Map<string, View[]>
  homes: Map<string, View>
  files: Map<string, StoredFile>
  /** A time stamp that no other message has. */
  nextTs(): string
  /** A new id with Slack's first letter. */
  nextId(letter: string): string
  /** Tells those who listen that something looks different now. */
  changed(): void
  onChange(listener: () => void): () => void
}

/** Builds the workspace from what was written down, or from the seed. */
export function createWorkspace(now: () => number, contents: WorkspaceContents = seeded()): Workspace {
  const listeners = new Set<() => void>()
  let lastMicroseconds = newest(contents.channels)
  let ids = 0
  return {
    now,
    users: new Map(contents.users.map((user) => [user.id, user])),
    groups: USER_GROUPS,
    channels: new Map(contents.channels.map((channel) => [channel.id, indexed(channel)])),
    ephemerals: contents.ephemerals,
    views: new Map(Object.entries(contents.views)),
    homes: new Map(Object.entries(contents.homes)),
    files: new Map(contents.files.map((file) => [file.id, file])),
    nextTs() {
      lastMicroseconds = Math.max(now() * 1000, lastMicroseconds + 1)
      const seconds = Math.floor(lastMicroseconds / 1e6)
      return `${seconds}.${String(lastMicroseconds % 1e6).padStart(6, '0')}`
    },
    nextId(letter) {
      ids = (ids + 1) % 1296
      const time = now().toString(36).toUpperCase().slice(-8)
      return `${letter}0${time}${ids.toString(36).toUpperCase().padStart(2, '0')}`
    },
    changed() {
      for (const listener of listeners) listener()
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function seeded(): WorkspaceContents {
  const channels = seedChannels().map((channel) => ({ ...channel, messages: [] }))
  return { users: seedUsers(), channels, ephemerals: [], views: {}, homes: {}, files: [] }
}

function indexed(channel: SandboxChannel): Channel {
  const index = new Map<string, PlacedMessage>()
  for (const message of channel.messages) {
    index.set(message.ts, { message, parent: null })
    for (const reply of message.replies) index.set(reply.ts, { message: reply, parent: message })
  }
  return { ...channel, index }
}

function newest(channels: SandboxChannel[]): number {
  const stamps = channels.flatMap(({ messages }) => messages.flatMap((each) => [each, ...each.replies]))
  return stamps.reduce((most, { ts }) => Math.max(most, Math.round(Number(ts) * 1e6)), 0)
}
