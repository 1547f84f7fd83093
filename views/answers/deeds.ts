import { texts } from '../texts/index.ts'

/** What somebody may be allowed to do. */
export type Deed =
  | 'edit-input'
  | 'start'
  | 'retry'
  | 'skip'
  | 'mark-done'
  | 'escalate'
  | 'cancel'
  | 'pause'
  | 'see'
  | 'audit'
  | 'audit-export'

/** A deed as it stands behind "you may not": `retry a step of Employee onboarding`; without a title, of any process. */
export function deedInWords(deed: Deed, title: string | null): string {
  return texts.deeds[deed](title)
}
