import { z } from 'zod'
import type { ReadOperation } from '../../domain/operation.ts'
import { githubCall, headers } from './operations.ts'

const Organization = z.looseObject({ login: z.string() }).transform(({ login }) => ({ login }))

/** Whether GitHub answers, takes the token and knows the organization. */
export const orgGet: ReadOperation<Record<string, never>, { login: string }> = {
  ...githubCall,
  class: 'R',
  name: 'org.get',
  title: 'look whether GitHub answers',
  request: (_, settings) => ({
    method: 'GET',
    path: '/orgs/{org}',
    params: { org: settings.org ?? '' },
    headers,
  }),
  answer: Organization,
  keep: () => null,
}
