import { z } from 'zod'
import type { ReadOperation } from '../../domain/operation.ts'
import { judgeSalesforce } from './judge.ts'
import { API_VERSION } from './operations.ts'

const Limits = z.looseObject({ DailyApiRequests: z.looseObject({ Remaining: z.number() }) })

/** Whether Salesforce answers and takes the session. */
export const limitsGet: ReadOperation<Record<string, never>, { remaining: number }> = {
  service: 'salesforce',
  class: 'R',
  name: 'limits.get',
  title: 'look whether Salesforce answers',
  request: () => ({ method: 'GET', path: `/services/data/${API_VERSION}/limits` }),
  answer: Limits.transform(({ DailyApiRequests }) => ({ remaining: DailyApiRequests.Remaining })),
  judge: judgeSalesforce,
  keep: () => null,
}
