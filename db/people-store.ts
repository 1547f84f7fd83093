import type { SaidAbsence } from '../src/domain/absence.ts'
import type { FormDraft } from '../src/domain/form-draft.ts'
import type { EntryId, TeamId, UserId } from '../src/domain/ids.ts'
import type { Snooze } from '../src/domain/snooze.ts'

/** What people said of themselves. */
export interface PeopleStore {
  /** Those who said that they are away, each once; also from a day to come. */
  absences(team: TeamId): Promise<SaidAbsence[]>
  /** What somebody wants to be reminded of later. */
  snoozes(team: TeamId, user: UserId): Promise<Snooze[]>
  /** Reminders whose time has come, earliest first. */
  dueSnoozes(now: number, limit: number): Promise<Snooze[]>
  /** When the next one is due, in milliseconds since 1970. */
  nextSnooze(): Promise<number | null>
  /** What somebody had written in a form that they closed; null for nothing. */
  formDraft(team: TeamId, user: UserId, workflow: string): Promise<FormDraft | null>
  /** What was received in any team and is not handled, oldest first, from behind the entry `after` on. */
  unhandled(after: EntryId | null, limit: number): Promise<Unhandled[]>
}

/** Something that a person did, and that was acknowledged: by its entry. */
export interface Unhandled {
  team: TeamId
  entry: EntryId
}

export interface PeopleWrites {
  /** Somebody says that they are away, in the place of what they said before; or that they are back. */
  absence?: { kind: 'away'; absence: SaidAbsence } | { kind: 'back'; team: TeamId; user: UserId }
  /** Somebody wants to be reminded later, in the place of an earlier wish; or has been, or no longer wants to be. */
  snooze?: { kind: 'set'; snooze: Snooze } | { kind: 'over'; snooze: Snooze }
  /** A form was closed: what was written is kept in the place of an earlier draft, and all drafts `before` go; or a draft is over. */
  formDraft?:
    | { kind: 'keep'; draft: FormDraft; before: number }
    | { kind: 'forget'; team: TeamId; user: UserId; workflow: string }
  /** Somebody did something that is to be carried out; or it has been, or they were told that it was not. */
  unhandled?: { kind: 'received' | 'handled'; of: Unhandled }
}
