import type { TeamId, UserId } from './ids.ts'

/** What somebody had written in a form that they closed, or that could not be carried out; one for each form. */
export interface FormDraft {
  team: TeamId
  user: UserId
  /** Which form: of a start form its workflow, of a window what it is and what it is about. */
  workflow: string
  /** Values by field, under the team's key. */
  sealed: Uint8Array
  /** Milliseconds since 1970. */
  at: number
}

/** Milliseconds that a draft is kept: it is about people, and who has not gone on by then no longer will. */
export const DRAFT_KEPT_MS = 14 * 24 * 60 * 60_000
