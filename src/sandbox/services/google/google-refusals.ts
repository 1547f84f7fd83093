import type { Answer, Refusals } from '../fake.ts'

interface GoogleProblem {
  status: number
  reason: string
  message: string
  /** The canonical code that newer answers carry besides. */
  canonical?: string
}

/** An error in the form that the Directory API uses. */
export function googleError({ status, reason, message, canonical }: GoogleProblem): Answer {
  const error = { code: status, message, errors: [{ message, domain: 'global', reason }] }
  return { status, body: { error: canonical === undefined ? error : { ...error, status: canonical } } }
}

/** What Google answers about a user, group or member that is not there. */
export function googleNotFound(what: 'userKey' | 'groupKey' | 'memberKey'): Answer {
  return googleError({ status: 404, reason: 'notFound', message: `Resource Not Found: ${what}` })
}

/** What Google answers about a field that is missing or wrong. */
export function googleInvalid(field: string, problem: string): Answer {
  return googleError({ status: 400, reason: 'invalid', message: `Invalid Input: ${field} (${problem})` })
}

export const googleRefusals: Refusals = {
  unauthorized: () =>
    googleError({
      status: 401,
      reason: 'authError',
      message: 'Request had invalid authentication credentials. Expected OAuth 2 access token.',
      canonical: 'UNAUTHENTICATED',
    }),
  noSuchPath: () => googleError({ status: 404, reason: 'notFound', message: 'Not Found' }),
  unreadableBody: (message) => googleError({ status: 400, reason: 'parseError', message: `Parse Error: ${message}` }),
  wrongContentType: () =>
    googleError({ status: 400, reason: 'wrongContentType', message: 'The content type has to be application/json.' }),
  unavailable: () =>
    googleError({
      status: 503,
      reason: 'backendError',
      message: 'The service is currently unavailable.',
      canonical: 'UNAVAILABLE',
    }),
  tooManyRequests: () =>
    googleError({
      status: 429,
      reason: 'rateLimitExceeded',
      message: 'Quota exceeded for quota metric "Queries" of service admin.googleapis.com.',
      canonical: 'RESOURCE_EXHAUSTED',
    }),
  usualRetryAfter: null,
}
