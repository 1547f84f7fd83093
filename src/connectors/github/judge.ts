import { z } from 'zod'
import type { HttpResponse, Verdict } from '../../domain/operation.ts'
import { judgeStatus, type ServiceWords, tooMany } from '../judge-status.ts'

const words: ServiceWords = {
  title: 'GitHub',
  whenUnauthorized:
    'Make a new token that may manage the organization (classic: admin:org; fine-grained: organization members, read and write) at https://github.com/settings/tokens and set GITHUB_TOKEN.',
  whenForbidden:
    'The token needs admin:org (fine-grained: organization members, read and write), SSO authorized for the organization, and an owner behind it. See https://github.com/settings/tokens.',
  whenNotFound:
    'Check GITHUB_ORG and the names of the teams in the rules; GitHub also answers so when the token cannot see the organization.',
}

/** Without a Retry-After GitHub asks to wait for at least a minute. */
const USUAL_WAIT_MS = 60_000

export const GitHubProblem = z.looseObject({
  message: z.string(),
  errors: z.array(z.looseObject({ code: z.string().optional(), message: z.string().optional() })).optional(),
})

/** Reads GitHub's answers: a limit comes as 403 or 429, told by its headers. */
export function judgeGitHub(response: HttpResponse): Verdict | null {
  const problem = GitHubProblem.safeParse(response.body)
  const details = problem.data?.errors?.map(({ message, code }) => message ?? code ?? '').filter(Boolean) ?? []
  const message = problem.success ? [problem.data.message, ...details].join(': ') : null
  const refusal = { code: null, message }
  if (!isLimit(response)) return judgeStatus(response, words, refusal)
  return 'retry-after' in response.headers ? tooMany(words, refusal) : tooMany(words, refusal, untilReset(response))
}

function isLimit({ status, headers }: HttpResponse): boolean {
  if (status === 429) return true
  return status === 403 && ('retry-after' in headers || headers['x-ratelimit-remaining'] === '0')
}

/** Milliseconds until the limit is reset, by GitHub's own clock. */
function untilReset({ headers }: HttpResponse): number {
  const ms = Number(headers['x-ratelimit-reset']) * 1000 - Date.parse(headers.date ?? '')
  return headers['x-ratelimit-remaining'] === '0' && Number.isFinite(ms) ? Math.max(0, ms) : USUAL_WAIT_MS
}
