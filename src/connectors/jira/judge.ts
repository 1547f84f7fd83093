import { z } from 'zod'
import type { HttpResponse, Verdict } from '../../domain/operation.ts'
import { judgeStatus, type ServiceWords, tooMany } from '../judge-status.ts'

const words: ServiceWords = {
  title: 'Jira',
  whenUnauthorized:
    'Make a new API token at https://id.atlassian.com/manage-profile/security/api-tokens and set JIRA_API_TOKEN; JIRA_EMAIL has to be the account that it belongs to.',
  whenForbidden:
    'The account of JIRA_EMAIL needs the site’s User management role to add people, and Create issues in the project of JIRA_PROJECT.',
  whenNotFound: 'Check JIRA_SITE_URL and JIRA_PROJECT; Jira also answers so when the account may not see the thing.',
}

const Problem = z.looseObject({
  errorMessages: z.array(z.string()).optional(),
  errors: z.record(z.string(), z.string()).optional(),
})

/** Reads Jira's answers; a limit names itself in RateLimit-Reason. */
export function judgeJira(response: HttpResponse): Verdict | null {
  const problem = Problem.safeParse(response.body).data
  const fields = Object.entries(problem?.errors ?? {}).map(([field, text]) => `${field}: ${text}`)
  const message = [...(problem?.errorMessages ?? []), ...fields].join('; ') || null
  if (response.status !== 429) return judgeStatus(response, words, { code: null, message })
  const reason = response.headers['ratelimit-reason']
  return tooMany(words, { code: null, message: reason === undefined ? message : `limit ${reason}` })
}
