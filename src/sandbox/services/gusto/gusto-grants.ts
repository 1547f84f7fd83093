import { z } from 'zod'
import { type Answer, type Ask, Refused, readBody } from '../fake.ts'
import { SANDBOX_ACCESS } from '../tokens.ts'

const LASTS_S = 7_200

const Refresh = z.looseObject({
  grant_type: z.literal('refresh_token'),
  client_id: z.string(),
  client_secret: z.string(),
  refresh_token: z.string(),
})
const Given = z.object({ refresh: z.string(), from: z.string(), until: z.number() })
const Saved = z.object({ refresh: z.array(z.string()), access: z.array(z.tuple([z.string(), Given])), made: z.int() })

/** Gusto's chain of grants: a refresh token holds until the access token that it gave is used for the first time. */
export interface GustoGrants {
  refresh(ask: Ask): Answer
  /** Whether the access token holds; its use ends the refresh token from which it came. */
  holds(token: string, now: number): boolean
  snapshot(): unknown
  restore(saved: unknown): void
}

/** A company that has authorized Purser once. */
export function createGustoGrants(): GustoGrants {
  const { clientId, clientSecret, refreshToken } = SANDBOX_ACCESS.gusto
  let refreshTokens = new Set<string>([refreshToken])
  let given = new Map<string, z.infer<typeof Given>>()
  let made = 0
  return {
    refresh({ body, now }) {
      const asked = readBody(Refresh, body, () => refused('invalid_request'))
      if (asked.client_id !== clientId || asked.client_secret !== clientSecret)
        throw new Refused(refused('invalid_client'))
      if (!refreshTokens.has(asked.refresh_token)) throw new Refused(refused('invalid_grant'))
      made += 1
      const [access, next] = [`sandbox-gusto-access-${made}`, `sandbox-gusto-refresh-${made}`]
      given.set(access, { refresh: next, from: asked.refresh_token, until: now + LASTS_S * 1000 })
      refreshTokens.add(next)
      const answer = { access_token: access, refresh_token: next, token_type: 'bearer', expires_in: LASTS_S }
      return { status: 200, body: answer }
    },
    holds(token, now) {
      const grant = given.get(token)
      if (!grant || grant.until <= now) return false
      refreshTokens.delete(grant.from)
      return true
    },
    snapshot: () => ({ refresh: [...refreshTokens], access: [...given], made }),
    restore(saved) {
      const state = Saved.parse(saved)
      refreshTokens = new Set(state.refresh)
      given = new Map(state.access)
      made = state.made
    },
  }
}

const refused = (error: string): Answer => ({
  status: 400,
  body: { error, error_description: 'The provided authorization grant is invalid, expired, or revoked.' },
})
