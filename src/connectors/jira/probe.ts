import { z } from 'zod'
import type { ReadOperation } from '../../domain/operation.ts'
import { judgeJira } from './judge.ts'

/** Whether the site answers and takes the token; nothing of the account that it belongs to is kept. */
export const myselfGet: ReadOperation<Record<string, never>, { accountId: string }> = {
  service: 'jira',
  class: 'R',
  name: 'myself.get',
  title: 'look whether Jira answers',
  request: () => ({ method: 'GET', path: '/rest/api/3/myself' }),
  answer: z.looseObject({ accountId: z.string() }).transform(({ accountId }) => ({ accountId })),
  judge: judgeJira,
  keep: () => null,
}
