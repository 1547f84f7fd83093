import type { TeamId, UserId } from './ids.ts'

/** What somebody had written in the form of a workflow that they closed; one for each form. */
export interface FormDraft {
  team: TeamId
  user: UserId
  workflow: string
  /** Values by field, under the team's key. */
  sealed: Uint8Array
  /** Milliseconds since 1970. */
  at: number
}

/** Milliseconds that a draft is kept: it is about people, and who has not gone on by then no longer will. */
export const DRAFT_KEPT_MS = 14 * 24 * 60 * 60_000
