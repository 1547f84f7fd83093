import { createPrivateKey, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Endpoint } from '../../domain/operation.ts'
import { createCachedToken } from '../cached-token.ts'
import { callsPerMinute, laneLimits } from '../lane-limits.ts'
import { type Environment, type MissingSetting, optionalUrl, readSettings } from '../read-settings.ts'
import { signAssertion, tokenFetch } from './token.ts'

const GOOGLE = 'https://admin.googleapis.com'

const KeyFile = z.looseObject({ client_email: z.string(), private_key: z.string(), token_uri: z.url() })

interface ServiceAccount {
  clientEmail: string
  privateKey: KeyObject
  /** As it stands in the file, for the redaction. */
  privateKeyText: string
  tokenUri: string
}

const serviceAccount: z.ZodType<ServiceAccount, string | undefined> = z.string().transform((text, context) => {
  try {
    const json: unknown = JSON.parse(text.startsWith('{') ? text : readFileSync(text, 'utf8'))
    const key = KeyFile.parse(json)
    return {
      clientEmail: key.client_email,
      privateKey: createPrivateKey(key.private_key),
      privateKeyText: key.private_key,
      tokenUri: key.token_uri,
    }
  } catch {
    // What went wrong may quote the key; that it is none says enough.
    context.addIssue({ code: 'custom', message: 'is neither the JSON key of a service account nor the path of one' })
    return z.NEVER
  }
})

const WANTED = {
  GOOGLE_SERVICE_ACCOUNT_KEY: {
    schema: serviceAccount,
    what: 'The JSON key of a service account with domain-wide delegation, or the path of that file',
    where:
      'https://console.cloud.google.com/iam-admin/serviceaccounts > the account > Keys > Add key, then allow its client id the scopes at https://admin.google.com/ac/owl/domainwidedelegation',
  },
  GOOGLE_ADMIN_EMAIL: {
    schema: z.email('is not an e-mail address'),
    what: 'The administrator on whose behalf accounts are made',
    where: 'https://admin.google.com/ac/users: somebody with the User Management Admin and Groups Admin roles',
  },
  GOOGLE_API_URL: {
    schema: optionalUrl(GOOGLE),
    what: 'Where the Admin SDK is reached',
    where: 'Leave it unset',
  },
  GOOGLE_CALLS_PER_MINUTE: callsPerMinute('Google Workspace'),
} as const

/** Google allows 2,400 queries a minute for a user and project. */
const LIMITS = { concurrency: 10, perMinute: 2000 }

/** Where Google Workspace is reached, or what is not set. `now`: milliseconds since 1970. */
export function googleEndpoint(
  env: Environment,
  now: () => number,
): { endpoint: Endpoint } | { missing: MissingSetting[] } {
  const read = readSettings('google', env, WANTED)
  if ('missing' in read) return read
  const { GOOGLE_SERVICE_ACCOUNT_KEY: account, GOOGLE_ADMIN_EMAIL: subject, GOOGLE_API_URL: baseUrl } = read.values
  const tokenUrl = baseUrl === GOOGLE ? account.tokenUri : `${baseUrl}/token`
  const token = createCachedToken(now, async (look) => {
    const { clientEmail, privateKey } = account
    const askedAt = now()
    const assertion = signAssertion({ clientEmail, privateKey, subject, audience: tokenUrl, now: askedAt })
    const fetched = await look(tokenFetch, { assertion, url: tokenUrl })
    return { token: fetched.token, expiresAt: askedAt + fetched.lastsS * 1000 }
  })
  return {
    endpoint: {
      service: 'google',
      title: 'Google Workspace',
      baseUrl,
      allowedHosts: [...new Set([new URL(baseUrl).host, new URL(tokenUrl).host])],
      lane: laneLimits(LIMITS, read.values.GOOGLE_CALLS_PER_MINUTE),
      settings: {},
      async authorize({ headers }, look) {
        headers.authorization = `Bearer ${await token.get(look)}`
      },
      forgetCredentials: token.forget,
      secrets: () => [account.privateKeyText, ...token.secrets()],
    },
  }
}
