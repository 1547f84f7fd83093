/** How long Purser tries by itself before it asks a person; from the rules file. */
export interface RetryPolicy {
  /** Tries of one call within an attempt, the first one counted. */
  tries: number
  /** Milliseconds within which they happen. */
  withinMs: number
  /** Milliseconds before the first repetition; doubled for each next one, with jitter. */
  firstDelayMs: number
  /** After the attempt: waits that survive a restart, in milliseconds, one for each further attempt. Empty: fail at once. */
  backOffMs: readonly number[]
  /** Milliseconds from the first failed try until the failure card stands, at the latest. */
  alertAfterMs: number
  /** Milliseconds after which a running attempt is given up. */
  timeoutMs: number
  /** What happens when everything was tried. */
  atTheEnd: 'ask' | 'escalate'
}
