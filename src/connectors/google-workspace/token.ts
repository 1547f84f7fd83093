import { createSign, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import type { HttpResponse, ReadOperation, Verdict } from '../../domain/operation.ts'
import { judgeStatus } from '../judge-status.ts'

const GRANT_TYPE = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
/** The longest that Google allows. */
const ASSERTION_LASTS_S = 3600
const SCOPES = [
  'https://www.googleapis.com/auth/admin.directory.user',
  'https://www.googleapis.com/auth/admin.directory.group.member',
]

const words = {
  title: 'Google’s token service',
  whenUnauthorized: 'Check GOOGLE_SERVICE_ACCOUNT_KEY: the key may have been deleted.',
  whenForbidden: 'Check GOOGLE_SERVICE_ACCOUNT_KEY: the service account may have been disabled.',
  whenNotFound: 'Check token_uri in GOOGLE_SERVICE_ACCOUNT_KEY.',
}

const Problem = z.looseObject({ error: z.string(), error_description: z.string().optional() })

/** Exchanges a signed assertion for an access token. */
export const tokenFetch: ReadOperation<{ assertion: string; url: string }, { token: string; lastsS: number }> = {
  service: 'google',
  class: 'R',
  name: 'token.fetch',
  title: 'fetch a Google access token',
  dropBodies: true,
  anonymous: true,
  request: ({ assertion, url }) => ({
    method: 'POST',
    path: '/token',
    url,
    form: true,
    body: { grant_type: GRANT_TYPE, assertion },
  }),
  answer: z
    .looseObject({ access_token: z.string().min(1), expires_in: z.number() })
    .transform((body) => ({ token: body.access_token, lastsS: body.expires_in })),
  judge: judgeToken,
}

interface AssertionParts {
  clientEmail: string
  privateKey: KeyObject
  /** The administrator on whose behalf the service account acts. */
  subject: string
  audience: string
  /** Milliseconds since 1970. */
  now: number
}

/** The signed JWT (RS256) by which a service account asks for a token. */
export function signAssertion({ clientEmail, privateKey, subject, audience, now }: AssertionParts): string {
  const issuedAt = Math.floor(now / 1000)
  const header = { alg: 'RS256', typ: 'JWT' }
  const claims = {
    iss: clientEmail,
    sub: subject,
    scope: SCOPES.join(' '),
    aud: audience,
    iat: issuedAt,
    exp: issuedAt + ASSERTION_LASTS_S,
  }
  const text = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  return `${text}.${createSign('RSA-SHA256').update(text).sign(privateKey, 'base64url')}`
}

function judgeToken(response: HttpResponse): Verdict | null {
  const problem = Problem.safeParse(response.body).data
  const refusal = { code: problem?.error ?? null, message: problem?.error_description ?? null }
  if (response.status !== 400) return judgeStatus(response, words, refusal)
  return {
    kind: 'permanent',
    code: 'google-grant-refused',
    message: `Google refused the service account: ${refusal.message ?? refusal.code ?? 'no reason given'}`,
    hint: 'Check GOOGLE_SERVICE_ACCOUNT_KEY, GOOGLE_ADMIN_EMAIL and this machine’s clock, and allow its client id both scopes at https://admin.google.com/ac/owl/domainwidedelegation.',
  }
}
