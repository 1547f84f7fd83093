import { z } from 'zod'
import type { ReadOperation } from '../../domain/operation.ts'
import { gustoCall, headers } from './employees.ts'

/** Whether Gusto answers and takes the token; it needs none of the authorization's scopes. */
export const tokenInfo: ReadOperation<Record<string, never>, { scope: string }> = {
  ...gustoCall,
  class: 'R',
  name: 'token.info',
  title: 'look whether Gusto answers',
  request: () => ({ method: 'GET', path: '/v1/token_info', headers }),
  answer: z.looseObject({ scope: z.string() }).transform(({ scope }) => ({ scope })),
  keep: () => null,
}
