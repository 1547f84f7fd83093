interface ErrorParts {
  /** Stable, kebab-case, for code and for searching. */
  code: string
  /** What happened, to which thing, and why. */
  message: string
  /** The way out. */
  hint: string
  cause?: unknown
  /** The call that it came from, when it was one. */
  where?: CallSite
}

interface CallSite {
  service: string
  operation: string
  /** HTTP status of the answer, when there was one. */
  status: number | null
  /** The call's name in its step, where its outcome is open. */
  call?: string
  /** The generation of its key. */
  generation?: number
}

/** An error named after what happens next; nobody decides on the text of a message. */
export abstract class PurserError extends Error {
  abstract readonly consequence: 'retry' | 'permanent' | 'unknown' | 'person' | 'mistake'
  readonly code: string
  readonly hint: string
  readonly where: CallSite | null

  constructor(parts: ErrorParts) {
    super(parts.message, parts.cause === undefined ? undefined : { cause: parts.cause })
    this.name = new.target.name
    this.code = parts.code
    this.hint = parts.hint
    this.where = parts.where ?? null
  }
}

/** Nothing was done, or it may safely be done again: later. */
export class RetryLater extends PurserError {
  readonly consequence = 'retry'
  /** Milliseconds that the service asked us to wait, when it did. */
  readonly retryAfterMs: number | null
  /** Whether it may have been done all the same. */
  readonly mayStand: boolean
  constructor(parts: ErrorParts & { retryAfterMs?: number | null; mayStand?: boolean }) {
    super(parts)
    this.mayStand = parts.mayStand ?? false
    this.retryAfterMs = parts.retryAfterMs ?? null
  }
}

/** The service refused for good: the same request will be refused again. */
export class PermanentFailure extends PurserError {
  readonly consequence = 'permanent'
}

/** Sent, not answered, and looking did not tell: it may have been done. */
export class UnknownOutcome extends PurserError {
  readonly consequence = 'unknown'
}

/** A person has to decide or to put something right first. */
export class PersonNeeded extends PurserError {
  readonly consequence = 'person'
}

/** What somebody typed or pressed cannot be carried out; goes back to that person alone. */
export class UserMistake extends PurserError {
  readonly consequence = 'mistake'
  /** The input field that is wrong, when it is one. */
  readonly field: string | null
  constructor(parts: ErrorParts & { field?: string }) {
    super(parts)
    this.field = parts.field ?? null
  }
}
