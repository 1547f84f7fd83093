import type { Answer, Refusals } from '../fake.ts'

/** An error in Gusto's form. */
function gustoError({ status, category, key = 'base', message }: GustoProblem): Answer {
  return { status, body: { errors: [{ error_key: key, category, message }] } }
}

interface GustoProblem {
  status: number
  category: string
  /** The field that is at fault; `base` for the request as a whole. */
  key?: string
  message: string
}

/** What Gusto answers about a field that is missing or wrong. */
export function gustoInvalid(key: string, message: string): Answer {
  return gustoError({ status: 422, category: 'invalid_attribute_value', key, message })
}

/** What Gusto answers about a company or an employee that is not there. */
export function gustoNotFound(): Answer {
  return gustoError({
    status: 404,
    category: 'not_found',
    key: 'request',
    message: 'The requested resource was not found.',
  })
}

export const gustoRefusals: Refusals = {
  unauthorized: () =>
    gustoError({
      status: 401,
      category: 'invalid_token',
      key: 'authorization',
      message: 'The access token is invalid or has expired.',
    }),
  noSuchPath: gustoNotFound,
  unreadableBody: (message) => gustoError({ status: 400, category: 'invalid_request', key: 'request', message }),
  wrongContentType: () =>
    gustoError({
      status: 415,
      category: 'unsupported_media_type',
      message: 'The content type has to be application/json.',
    }),
  unavailable: () =>
    gustoError({ status: 503, category: 'service_unavailable', message: 'The service is temporarily unavailable.' }),
  tooManyRequests: () =>
    gustoError({ status: 429, category: 'rate_limit_exceeded', message: 'You have exceeded your limit of requests.' }),
  usualRetryAfter: null,
}
