import type { CauseKind } from './hold.ts'
import type { StepFailure } from './run.ts'

/** Codes of refused credentials, which vendors answer with other statuses than 401, too. */
const CREDENTIALS = new Set([
  'unauthorized',
  'invalid-auth',
  'not-authed',
  'token-revoked',
  'token-expired',
  'account-inactive',
  'invalid-grant',
  'invalid-client',
  'unauthorized-client',
  'invalid-session-id',
  'google-grant-refused',
  'gusto-grant-refused',
  'salesforce-grant-refused',
])

/**
 * What fails of the service as a whole, by one step's failure; null where it is about this one request or record, which
 * holds nobody else up.
 */
export function causeOf({ service, consequence, code, status }: StepFailure): CauseKind | null {
  if (service === null || consequence === 'mistake' || consequence === 'person') return null
  if (status === 401 || CREDENTIALS.has(code)) return 'credentials'
  if (consequence === 'permanent') return null
  if (status === 429 || code === 'rate-limited') return 'quota'
  // Looking for what was sent last did not tell either.
  if (status === null) return consequence === 'unknown' && code !== 'cannot-tell' ? null : 'unreachable'
  return status >= 500 || status === 408 ? 'failing' : null
}
