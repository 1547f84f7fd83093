import { z } from 'zod'
import type { HttpResponse, Verdict } from '../../domain/operation.ts'
import { judgeStatus, type ServiceWords, tooMany } from '../judge-status.ts'

const words: ServiceWords = {
  title: 'Google Workspace',
  whenUnauthorized:
    'If it goes on, check GOOGLE_SERVICE_ACCOUNT_KEY and GOOGLE_ADMIN_EMAIL, and the domain-wide delegation at https://admin.google.com/ac/owl/domainwidedelegation.',
  whenForbidden:
    'Give the service account the scopes admin.directory.user and admin.directory.group.member at https://admin.google.com/ac/owl/domainwidedelegation, switch on the Admin SDK API in its project, and let GOOGLE_ADMIN_EMAIL be an administrator who may do this.',
  whenNotFound: 'Check the names of the groups in the rules, and whether somebody deleted the account.',
  renewsCredentials: true,
}

/** Limits come as 403, told only by these reasons. */
const LIMIT_REASONS = new Set(['userRateLimitExceeded', 'rateLimitExceeded', 'quotaExceeded'])

export const GoogleProblem = z.looseObject({
  error: z.looseObject({
    message: z.string(),
    errors: z.array(z.looseObject({ reason: z.string().optional() })).optional(),
  }),
})

/** Reads the Directory API's answers by its reasons. */
export function judgeGoogle(response: HttpResponse): Verdict | null {
  const problem = GoogleProblem.safeParse(response.body).data?.error
  const refusal = { code: problem?.errors?.[0]?.reason ?? null, message: problem?.message ?? null }
  if (LIMIT_REASONS.has(refusal.code ?? '')) return tooMany(words, refusal)
  if (response.status === 409 && refusal.code === 'duplicate') return { kind: 'duplicate' }
  if (response.status === 412 || (response.status === 400 && isUnfinishedAccount(refusal.message))) return notReady()
  return judgeStatus(response, words, refusal)
}

/** Some calls tell this with 400 and a reason that says nothing, so that the sentence is all there is to go by. */
function isUnfinishedAccount(message: string | null): boolean {
  return message?.includes('User creation is not complete') ?? false
}

function notReady(): Verdict {
  return {
    kind: 'retry',
    code: 'account-not-ready',
    message: 'Google Workspace is still making the account',
    hint: 'Wait: it passes by itself in a moment.',
  }
}
