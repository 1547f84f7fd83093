import type { Actor } from '../../domain/actor.ts'
import type { TeamId } from '../../domain/ids.ts'
import type { InboxContent, Why } from '../../domain/inbox-content.ts'
import type { Awaited, InboxItem } from '../../domain/inbox-item.ts'

/** Something that came from outside and whose sender is known. */
export interface Came {
  team: TeamId
  /** The hook, or `api:` and the client's name. */
  source: string
  /** The sender's id of it, whatever it looks like: the same one again is the same thing. */
  event: string
  type: string | null
  content: InboxContent
  by: Actor
}

/** `seen`: it came before, and nothing is done again. */
export type Receipt = { kind: 'new'; item: string } | { kind: 'seen' }

export interface InboxEntry {
  item: InboxItem
  why: Why | null
}

/** What became of what somebody asked for. */
export type InboxAnswer =
  | { kind: 'settled'; item: InboxItem }
  /** Tried again, and still for a person; or kept until a step waits for it. */
  | { kind: 'open'; item: InboxItem; why: Why | null }
  /** Somebody was first, or it is none of ours. */
  | { kind: 'gone'; item: InboxItem | null }

interface Asked {
  team: TeamId
  item: string
  by: Actor
}

/** What comes from outside: on disk before its sender is answered, then given to the run that it concerns. */
export interface Inbox {
  /** Resolves when it is on disk. */
  receive(came: Came): Promise<Receipt>
  /** Does with it what the rules say; null when there is none. */
  settle(team: TeamId, item: string): Promise<InboxItem | null>
  /** What is not settled, oldest first. */
  list(team: TeamId, limit: number): Promise<InboxEntry[]>
  tryAgain(asked: Asked): Promise<InboxAnswer>
  dismiss(asked: Asked & { reason: string }): Promise<InboxAnswer>
  /** Steps have begun to wait: what is kept for them is given to them. */
  onAwaiting(awaited: readonly Awaited[]): void
  /** Takes up what a stop left, now and at each look. */
  start(): Promise<void>
  stop(): Promise<void>
}
