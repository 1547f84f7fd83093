import type { RunId, StepKey, TeamId, UserId } from './ids.ts'

/** Somebody is reminded later of what they are asked; it is theirs alone, and moves no deadline. */
export interface Snooze {
  team: TeamId
  user: UserId
  run: RunId
  step: StepKey
  /** Milliseconds since 1970. */
  until: number
}
