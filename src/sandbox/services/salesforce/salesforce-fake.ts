import { z } from 'zod'
import { type Answer, type Ask, type Fake, Refused, type Route, readBody } from '../fake.ts'
import { createIssuedTokens, credentialOf, type IssuedTokens, SANDBOX_ACCESS } from '../tokens.ts'
import { createRecord, getRecord, queryRecords, upsertRecord } from './salesforce-endpoints.ts'
import { createSalesforceRecords, type SalesforceRecords } from './salesforce-records.ts'
import { salesforceRefusals } from './salesforce-refusals.ts'

const TOKEN_LASTS_MS = 2 * 3_600_000

const TokenRequest = z.looseObject({
  grant_type: z.literal('client_credentials'),
  client_id: z.string().optional(),
  client_secret: z.string().optional(),
})
const Saved = z.object({ records: z.unknown(), tokens: z.unknown() })

/** Salesforce: records that are created, upserted by an external id and queried. */
export function createSalesforceFake(): Fake {
  const records = createSalesforceRecords()
  const tokens = createIssuedTokens()
  return {
    name: 'salesforce',
    title: 'Salesforce',
    refusals: salesforceRefusals,
    routes: [
      { method: 'POST', pattern: '/services/oauth2/token', use: 'token', answer: (ask) => grantToken(ask, tokens) },
      ...routesOf(records),
    ],
    accepts(authorization, now) {
      const token = credentialOf(authorization, ['bearer'])
      return token !== null && (token === SANDBOX_ACCESS.salesforce.token || tokens.holds(token, now))
    },
    headers: () => ({ 'sforce-limit-info': 'api-usage=18/15000' }),
    snapshot: () => ({ records: records.snapshot(), tokens: tokens.snapshot() }),
    restore(saved) {
      const state = Saved.parse(saved)
      records.restore(state.records)
      tokens.restore(state.tokens)
    },
    reset() {
      records.reset()
    },
    switches: {
      'expire-tokens': () => {
        tokens.clear()
        return { expired: true }
      },
    },
  }
}

function routesOf(records: SalesforceRecords): Route[] {
  const data = '/services/data/{version}'
  const one = `${data}/sobjects/{sobject}/{field}/{value}`
  return [
    { method: 'PATCH', pattern: one, use: 'write', answer: (ask) => upsertRecord(ask, records) },
    { method: 'GET', pattern: one, use: 'lookup', answer: (ask) => getRecord(ask, records) },
    {
      method: 'POST',
      pattern: `${data}/sobjects/{sobject}`,
      use: 'write',
      answer: (ask) => createRecord(ask, records),
    },
    { method: 'GET', pattern: `${data}/limits`, use: 'status', answer: getLimits },
    { method: 'GET', pattern: `${data}/query`, use: 'lookup', answer: (ask) => queryRecords(ask, records) },
  ]
}

function getLimits(): Answer {
  return { status: 200, body: { DailyApiRequests: { Max: 15_000, Remaining: 14_982 } } }
}

function grantToken({ body, headers, now, base }: Ask, tokens: IssuedTokens): Answer {
  const refuse = (error: string, description: string): Answer => ({
    status: 400,
    body: { error, error_description: description },
  })
  const asked = readBody(TokenRequest, body, () => refuse('unsupported_grant_type', 'grant type not supported'))
  const basic = Buffer.from(credentialOf(headers.authorization ?? '', ['basic']) ?? '', 'base64').toString()
  const [id, secret] = basic === '' ? [asked.client_id, asked.client_secret] : basic.split(':')
  const { clientId, clientSecret } = SANDBOX_ACCESS.salesforce
  if (id !== clientId) throw new Refused(refuse('invalid_client_id', 'client identifier invalid'))
  if (secret !== clientSecret) throw new Refused(refuse('invalid_client', 'invalid client credentials'))
  const token = `00Dsandbox!${crypto.randomUUID()}`
  tokens.issue(token, now + TOKEN_LASTS_MS)
  return {
    status: 200,
    body: {
      access_token: token,
      signature: 'sandbox',
      scope: 'api',
      instance_url: base,
      id: `${base}/id/00Dsandbox/005sandbox`,
      token_type: 'Bearer',
      issued_at: String(now),
    },
  }
}
