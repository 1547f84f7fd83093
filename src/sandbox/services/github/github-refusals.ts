import type { Answer, Refusals } from '../fake.ts'

const DOCUMENTATION = 'https://docs.github.com/rest'

/** An error in GitHub's form. */
export function githubError(status: number, message: string): Answer {
  return { status, body: { message, documentation_url: DOCUMENTATION, status: String(status) } }
}

/** What GitHub answers to a well-formed request that it cannot carry out. */
export function githubUnprocessable(resource: string, field: string, message: string): Answer {
  return {
    status: 422,
    body: {
      message: 'Validation Failed',
      errors: [{ resource, code: 'unprocessable', field, message }],
      documentation_url: DOCUMENTATION,
      status: '422',
    },
  }
}

export const githubRefusals: Refusals = {
  unauthorized: () => githubError(401, 'Bad credentials'),
  noSuchPath: () => githubError(404, 'Not Found'),
  unreadableBody: () => githubError(400, 'Problems parsing JSON'),
  wrongContentType: () => githubError(415, 'Unsupported Media Type'),
  unavailable: () => githubError(503, 'Service unavailable'),
  tooManyRequests: () =>
    githubError(429, 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.'),
  usualRetryAfter: 1,
}
