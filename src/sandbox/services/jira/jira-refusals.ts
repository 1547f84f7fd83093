import type { Answer, Refusals } from '../fake.ts'

/** An error in Jira's form: messages for the whole request and, by field, for parts of it. */
export function jiraError(status: number, message: string | null, errors: Record<string, string> = {}): Answer {
  return { status, body: { errorMessages: message === null ? [] : [message], errors } }
}

/** What Jira answers about a field that is missing or wrong. */
export function jiraInvalid(field: string, problem: string): Answer {
  return jiraError(400, null, { [field]: problem })
}

export const jiraRefusals: Refusals = {
  unauthorized: () => jiraError(401, 'Client must be authenticated to access this resource.'),
  noSuchPath: () => jiraError(404, 'Not Found'),
  unreadableBody: (message) => jiraError(400, `There was an error parsing JSON: ${message}`),
  wrongContentType: () => jiraError(415, 'Unsupported Media Type'),
  unavailable: () => jiraError(503, 'The service is temporarily unavailable.'),
  tooManyRequests: () => ({
    ...jiraError(429, 'Rate limit exceeded.'),
    headers: { 'ratelimit-reason': 'jira-burst-based' },
  }),
  usualRetryAfter: 1,
}
