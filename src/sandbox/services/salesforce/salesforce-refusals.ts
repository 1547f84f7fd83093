import type { Answer, Refusals } from '../fake.ts'

/** An error in Salesforce's form: a list of one. */
export function salesforceError(status: number, errorCode: string, message: string): Answer {
  return { status, body: [{ message, errorCode, fields: [] }] }
}

export const salesforceRefusals: Refusals = {
  unauthorized: () => salesforceError(401, 'INVALID_SESSION_ID', 'Session expired or invalid'),
  noSuchPath: () => salesforceError(404, 'NOT_FOUND', 'The requested resource does not exist'),
  unreadableBody: (message) => salesforceError(400, 'JSON_PARSER_ERROR', message),
  wrongContentType: () => salesforceError(415, 'UNSUPPORTED_MEDIA_TYPE', 'Content-Type has to be application/json'),
  unavailable: () => salesforceError(503, 'SERVER_UNAVAILABLE', 'server too busy'),
  tooManyRequests: () => salesforceError(429, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'),
  usualRetryAfter: null,
}
