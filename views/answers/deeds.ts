/** What somebody may be allowed to do. */
type Deed =
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
  switch (deed) {
    case 'start':
      return title === null ? 'start a process' : `start ${title}`
    case 'retry':
    case 'skip':
    case 'escalate':
      return `${deed} a step of ${title ?? 'a process'}`
    case 'mark-done':
      return `mark a step of ${title ?? 'a process'} as done`
    case 'cancel':
      return `cancel a run of ${title ?? 'a process'}`
    case 'pause':
      return `pause or resume ${title ?? 'what Purser does'}, or let it go on`
    case 'see':
      return title === null ? 'see how processes stand' : `see runs of ${title}`
    case 'audit':
      return 'read the ledger'
    case 'audit-export':
      return 'export the ledger'
  }
}
