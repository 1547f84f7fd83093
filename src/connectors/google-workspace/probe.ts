import { z } from 'zod'
import type { ReadOperation } from '../../domain/operation.ts'
import { judgeGoogle } from './judge.ts'

/** Whether the Directory answers, and lets the service account read for its administrator; no account is in the answer. */
export const userList: ReadOperation<Record<string, never>, { kind: string }> = {
  service: 'google',
  class: 'R',
  name: 'user.list',
  title: 'look whether Google Workspace answers',
  request: () => ({
    method: 'GET',
    path: '/admin/directory/v1/users',
    query: { customer: 'my_customer', maxResults: 1, fields: 'kind' },
  }),
  answer: z.looseObject({ kind: z.literal('admin#directory#users') }).transform(({ kind }) => ({ kind })),
  judge: judgeGoogle,
  keep: () => null,
}
