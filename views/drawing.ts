import type { KnownBlock } from '@slack/types'
import type { Actor } from '../src/domain/actor.ts'
import type { Hold } from '../src/domain/hold.ts'
import type { HoldId } from '../src/domain/ids.ts'

/** A message as Slack takes it: blocks, and a text that says the same where blocks cannot be shown. */
export interface Drawing {
  text: string
  blocks: KnownBlock[]
}

/** What a view cannot know from the state. */
export interface DrawContext {
  /** A person's name as the directory has it; `Purser` for its own parts. */
  name(actor: Actor): string
  /** `github` → `GitHub` */
  service(name: string): string
  /** `employee-onboarding` → `Employee onboarding` */
  workflow?(name: string): string
  /** What keeps steps from going on, where it is not closed. */
  hold?(id: HoldId): Hold | null
  /** Who may let go on what is paused, in words; `workflow`: null of what is more than one. */
  mayResume?(workflow: string | null): string
  /** Milliseconds since 1970. */
  now: number
}
