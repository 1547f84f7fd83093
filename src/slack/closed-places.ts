import { PermanentFailure, type PurserError } from '../domain/errors.ts'

/** A place that takes nothing, whatever is shown; another may. All else is refused everywhere. */
const CLOSED = new Set([
  'is-archived',
  'not-in-channel',
  'channel-not-found',
  'restricted-action',
  'restricted-action-read-only-channel',
  'restricted-action-thread-only-channel',
  'team-access-not-granted',
])

export const isClosed = (error: unknown): error is PurserError =>
  error instanceof PermanentFailure && CLOSED.has(error.code)
