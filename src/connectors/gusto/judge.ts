import { z } from 'zod'
import type { HttpResponse, Verdict } from '../../domain/operation.ts'
import { judgeStatus, type ServiceWords, tooMany } from '../judge-status.ts'

export const words: ServiceWords = {
  title: 'Gusto',
  whenUnauthorized:
    'If it goes on, authorize Purser anew as docs/adding-a-connector.md says under Gusto: a fixed GUSTO_API_TOKEN ends after two hours, a refresh token does not.',
  whenForbidden:
    'The authorization needs the scopes employees:read, employees:write, employees:manage, jobs:read and jobs:write; ask for them at https://dev.gusto.com, then authorize anew.',
  whenNotFound: 'Check GUSTO_COMPANY_ID, and whether somebody deleted the employee.',
  renewsCredentials: true,
}

/** Gusto counts 200 calls a minute and does not say when the next are taken. */
const WINDOW_MS = 60_000

const Problem = z.looseObject({
  errors: z.array(
    z.looseObject({
      error_key: z.string().optional(),
      category: z.string().optional(),
      message: z.string().optional(),
    }),
  ),
})

/** Reads Gusto's answers; a 409 means that the thing changed meanwhile. */
export function judgeGusto(response: HttpResponse): Verdict | null {
  const problems = Problem.safeParse(response.body).data?.errors ?? []
  const sentences = problems.map(({ message, category, error_key }) => message ?? [error_key, category].join(' '))
  const refusal = { code: problems[0]?.category ?? null, message: sentences.join('; ') || null }
  if (response.status === 429) {
    return 'retry-after' in response.headers ? tooMany(words, refusal) : tooMany(words, refusal, WINDOW_MS)
  }
  if (response.status === 409) return changedMeanwhile()
  return judgeStatus(response, words, refusal)
}

function changedMeanwhile(): Verdict {
  return {
    kind: 'retry',
    code: 'changed-meanwhile',
    message: 'Gusto’s record was changed by somebody else at the same time',
    hint: 'Wait: each try reads the newest state first.',
  }
}
