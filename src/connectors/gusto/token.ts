import { z } from 'zod'
import type { HttpResponse, ReadOperation, Verdict } from '../../domain/operation.ts'
import { judgeStatus } from '../judge-status.ts'
import { words } from './judge.ts'

interface RefreshRequest {
  clientId: string
  clientSecret: string
  refreshToken: string
}

export interface Grant {
  accessToken: string
  refreshToken: string
  lastsS: number
}

const Problem = z.looseObject({ error: z.string(), error_description: z.string().optional() })

/** Exchanges a refresh token for an access token and the next refresh token; the old one holds until that is first used. */
export const grantRefresh: ReadOperation<RefreshRequest, Grant> = {
  service: 'gusto',
  class: 'R',
  name: 'token.refresh',
  title: 'refresh the Gusto access token',
  dropBodies: true,
  anonymous: true,
  request: ({ clientId, clientSecret, refreshToken }) => ({
    method: 'POST',
    path: '/oauth/token',
    body: {
      grant_type: 'refresh_token',
      client_id: clientId,
      client_secret: clientSecret,
      refresh_token: refreshToken,
    },
  }),
  answer: z
    .looseObject({ access_token: z.string().min(1), refresh_token: z.string().min(1), expires_in: z.number() })
    .transform((body) => ({
      accessToken: body.access_token,
      refreshToken: body.refresh_token,
      lastsS: body.expires_in,
    })),
  judge: judgeGrant,
}

function judgeGrant(response: HttpResponse): Verdict | null {
  const problem = Problem.safeParse(response.body).data
  const refusal = { code: null, message: problem?.error_description ?? problem?.error ?? null }
  if (response.status !== 400 && response.status !== 401) return judgeStatus(response, words, refusal)
  return {
    kind: 'permanent',
    code: 'gusto-grant-refused',
    message: `Gusto refused to refresh our access: ${refusal.message ?? 'no reason given'}`,
    hint: 'Authorize Purser anew as docs/adding-a-connector.md says under Gusto, and set GUSTO_REFRESH_TOKEN to the new one.',
  }
}
