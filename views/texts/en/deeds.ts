const ofAStep = (does: string) => (process: string | null) => `${does} a step of ${process ?? 'a process'}`

/** What somebody may do, as it stands behind "you may not"; without a title, of any process. */
export const deeds = {
  /** Edit and retry asks for the right to start too. */
  'edit-input': (process: string | null) => `change what was entered for ${process ?? 'a process'}`,
  start: (process: string | null) => `start ${process ?? 'a process'}`,
  retry: ofAStep('retry'),
  skip: ofAStep('skip'),
  escalate: ofAStep('escalate'),
  'mark-done': (process: string | null) => `mark a step of ${process ?? 'a process'} as done`,
  cancel: (process: string | null) => `cancel a run of ${process ?? 'a process'}`,
  pause: (process: string | null) => `pause or resume ${process ?? 'what Purser does'}, or let it go on`,
  see: (process: string | null) => (process === null ? 'see how processes are going' : `see runs of ${process}`),
  audit: () => 'read the ledger',
  'audit-export': () => 'export the ledger',
}
