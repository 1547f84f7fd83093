import { z } from 'zod'
import { PersonNeeded } from '../../domain/errors.ts'
import type { Endpoint } from '../../domain/operation.ts'
import { createCachedToken } from '../cached-token.ts'
import { callsPerMinute, laneLimits } from '../lane-limits.ts'
import { type Environment, type MissingSetting, needed, optional, optionalUrl, readSettings } from '../read-settings.ts'
import { type GrantFile, openGrantFile } from './grant-file.ts'
import { grantRefresh } from './token.ts'

const PORTAL = 'https://dev.gusto.com > the application > Keys'
const GRANT = 'The answer to authorizing the application, as docs/adding-a-connector.md says under Gusto'

const COMMON = {
  GUSTO_COMPANY_ID: {
    schema: needed,
    what: 'The UUID of the company in Gusto',
    where: 'GET https://api.gusto.com/v1/token_info with the access token: resource.uuid',
  },
  GUSTO_API_URL: {
    schema: optionalUrl('https://api.gusto.com'),
    what: 'Where the API is reached',
    where: 'Leave it unset; https://api.gusto-demo.com for a demo company',
  },
  GUSTO_CALLS_PER_MINUTE: callsPerMinute('Gusto'),
} as const

const FIXED = {
  ...COMMON,
  GUSTO_API_TOKEN: { schema: needed, what: 'An access token; it ends after two hours', where: GRANT },
} as const

const REFRESHED = {
  ...COMMON,
  GUSTO_CLIENT_ID: { schema: needed, what: 'The application’s client id', where: PORTAL },
  GUSTO_CLIENT_SECRET: { schema: needed, what: 'The application’s secret', where: PORTAL },
  GUSTO_REFRESH_TOKEN: { schema: needed, what: 'The refresh token of the authorization', where: GRANT },
  GUSTO_GRANT_FILE: {
    schema: optional('gusto-grant.json'),
    what: 'Where the newest refresh token is kept, a file that only Purser may read',
    where: 'A path on a disk that survives a restart',
  },
} as const

/** Gusto takes 200 calls a minute for a grant. */
const LIMITS = { concurrency: 5, perMinute: 180 }

const isSet = z.string().trim().min(1)

/** Where Gusto is reached, or what is not set: with a fixed token, or one that is refreshed. `now`: milliseconds since 1970. */
export function gustoEndpoint(
  env: Environment,
  now: () => number,
): { endpoint: Endpoint } | { missing: MissingSetting[] } {
  return isSet.safeParse(env.GUSTO_API_TOKEN).success ? withFixedToken(env) : withRefreshedToken(env, now)
}

function withFixedToken(env: Environment) {
  const read = readSettings('gusto', env, FIXED)
  if ('missing' in read) return read
  const token = read.values.GUSTO_API_TOKEN
  const endpoint: Endpoint = {
    ...commonOf(read.values),
    async authorize({ headers }) {
      headers.authorization = `Bearer ${token}`
    },
    secrets: () => [token],
  }
  return { endpoint }
}

function withRefreshedToken(env: Environment, now: () => number) {
  const read = readSettings('gusto', env, REFRESHED)
  if ('missing' in read) return read
  const { GUSTO_CLIENT_ID: clientId, GUSTO_CLIENT_SECRET: clientSecret, GUSTO_REFRESH_TOKEN: first } = read.values
  let file: GrantFile | null = null
  const grant = () => {
    file ??= openGrantFile(read.values.GUSTO_GRANT_FILE, first)
    return file
  }
  const token = createCachedToken(now, async (look) => {
    const askedAt = now()
    const next = await look(grantRefresh, { clientId, clientSecret, refreshToken: grant().refreshToken() })
    keep(grant(), next.refreshToken)
    return { token: next.accessToken, expiresAt: askedAt + next.lastsS * 1000 }
  })
  const endpoint: Endpoint = {
    ...commonOf(read.values),
    async authorize({ headers }, look) {
      headers.authorization = `Bearer ${await token.get(look)}`
    },
    forgetCredentials: token.forget,
    secrets: () => [clientSecret, first, ...(file ? [file.refreshToken()] : []), ...token.secrets()],
  }
  return { endpoint }
}

/** Unless the new refresh token is kept the new access token must not be used: it would revoke the old one. */
function keep(file: GrantFile, refreshToken: string): void {
  try {
    file.save(refreshToken)
  } catch (cause) {
    throw new PersonNeeded({
      code: 'gusto-grant-not-kept',
      message: 'The new refresh token of Gusto could not be written to disk, so that the new access token was not used',
      hint: 'Let GUSTO_GRANT_FILE be a path that Purser may write to, on a disk with room, then retry.',
      cause,
    })
  }
}

interface CommonValues {
  GUSTO_API_URL: string
  GUSTO_COMPANY_ID: string
  GUSTO_CALLS_PER_MINUTE: number | null
}

function commonOf(values: CommonValues) {
  return {
    service: 'gusto',
    title: 'Gusto',
    baseUrl: values.GUSTO_API_URL,
    allowedHosts: [new URL(values.GUSTO_API_URL).host],
    lane: laneLimits(LIMITS, values.GUSTO_CALLS_PER_MINUTE),
    settings: { companyId: values.GUSTO_COMPANY_ID },
  }
}
