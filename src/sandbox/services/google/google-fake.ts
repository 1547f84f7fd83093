import { z } from 'zod'
import { type Answer, type Ask, type Fake, Refused, readBody } from '../fake.ts'
import { createIssuedTokens, credentialOf, type IssuedTokens, SANDBOX_ACCESS } from '../tokens.ts'
import { createGoogleMembers } from './google-members.ts'
import { googleError, googleRefusals } from './google-refusals.ts'
import { createGoogleUsers } from './google-users.ts'

const TOKEN_LASTS_S = 3599

const TokenRequest = z.looseObject({
  grant_type: z.literal('urn:ietf:params:oauth:grant-type:jwt-bearer'),
  assertion: z.string(),
})
const Claims = z.looseObject({ iss: z.string(), scope: z.string(), aud: z.string(), iat: z.number(), exp: z.number() })
const Saved = z.object({ users: z.unknown(), members: z.unknown(), tokens: z.unknown() })

/** Google's Admin Directory: accounts, group members and the token endpoint for service accounts. */
export function createGoogleFake(): Fake {
  const users = createGoogleUsers()
  const members = createGoogleMembers(users)
  const tokens = createIssuedTokens()
  return {
    name: 'google',
    title: 'Google Workspace',
    refusals: googleRefusals,
    routes: [
      { method: 'POST', pattern: '/token', use: 'token', answer: (ask) => grantToken(ask, tokens) },
      { method: 'POST', pattern: '/admin/directory/v1/users', use: 'write', answer: users.insert },
      { method: 'GET', pattern: '/admin/directory/v1/users', use: 'status', answer: listUsers },
      { method: 'GET', pattern: '/admin/directory/v1/users/{userKey}', use: 'lookup', answer: users.get },
      { method: 'PATCH', pattern: '/admin/directory/v1/users/{userKey}', use: 'write', answer: users.patch },
      {
        method: 'POST',
        pattern: '/admin/directory/v1/groups/{groupKey}/members',
        use: 'write',
        answer: members.insert,
      },
      {
        method: 'GET',
        pattern: '/admin/directory/v1/groups/{groupKey}/members/{memberKey}',
        use: 'lookup',
        answer: members.get,
      },
      {
        method: 'DELETE',
        pattern: '/admin/directory/v1/groups/{groupKey}/members/{memberKey}',
        use: 'write',
        answer: members.remove,
      },
    ],
    accepts(authorization, now) {
      const token = credentialOf(authorization, ['bearer'])
      return token !== null && (token === SANDBOX_ACCESS.google.token || tokens.holds(token, now))
    },
    headers: () => ({}),
    snapshot: () => ({ users: users.snapshot(), members: members.snapshot(), tokens: tokens.snapshot() }),
    restore(saved) {
      const state = Saved.parse(saved)
      users.restore(state.users)
      members.restore(state.members)
      tokens.restore(state.tokens)
    },
    reset() {
      users.reset()
      members.reset()
    },
    switches: {
      'expire-tokens': () => {
        tokens.clear()
        return { expired: true }
      },
      unready: (body) => {
        const { times } = z.strictObject({ times: z.int().nonnegative() }).parse(body)
        members.holdUp(times)
        return { times }
      },
    },
  }
}

/** Of the list Purser asks for its kind alone. */
function listUsers({ query }: Ask): Answer {
  if (query.get('customer') === null && query.get('domain') === null) {
    throw new Refused(googleError({ status: 400, reason: 'badRequest', message: 'Bad Request' }))
  }
  return { status: 200, body: { kind: 'admin#directory#users' } }
}

function grantToken({ body, now }: Ask, tokens: IssuedTokens): Answer {
  const refuse = (problem: string): Answer => ({
    status: 400,
    body: { error: 'invalid_grant', error_description: problem },
  })
  const { assertion } = readBody(TokenRequest, body, (field, problem) => refuse(`${field}: ${problem}`))
  const claims = claimsOf(assertion)
  if (!claims)
    throw new Refused(refuse('Invalid JWT: it needs three parts, and iss, scope, aud, iat and exp in the second'))
  if (claims.exp * 1000 <= now || claims.exp - claims.iat > 3600) {
    throw new Refused(
      refuse('Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe.'),
    )
  }
  const token = `ya29.sandbox-${crypto.randomUUID()}`
  tokens.issue(token, now + TOKEN_LASTS_S * 1000)
  return { status: 200, body: { access_token: token, expires_in: TOKEN_LASTS_S, token_type: 'Bearer' } }
}

/** The claims of a signed JWT; whose signature it is does not matter to a sandbox. */
function claimsOf(assertion: string): z.infer<typeof Claims> | null {
  const parts = assertion.split('.')
  if (parts.length !== 3 || !parts.every((part) => /^[\w-]+=*$/.test(part))) return null
  try {
    return Claims.parse(JSON.parse(Buffer.from(parts[1] ?? '', 'base64url').toString()))
  } catch {
    return null
  }
}
