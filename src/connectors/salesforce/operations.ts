import { z } from 'zod'
import type { HttpResponse, ReadOperation, UpsertOperation, Verdict } from '../../domain/operation.ts'
import { judgeStatus } from '../judge-status.ts'
import { judgeSalesforce, lacksFields, SalesforceProblems } from './judge.ts'

export const API_VERSION = 'v62.0'
/** Salesforce takes no longer alias. */
const LONGEST_ALIAS = 8

export interface NewSalesforceUser {
  /** Our own id of the person: what makes a second request the same record. */
  externalId: string
  email: string
  givenName: string
  familyName: string
  /** Of the profile that says what they may do; the endpoint's own when absent. */
  profileId?: string | undefined
  /** IANA name. */
  timeZone?: string | undefined
}

export interface SalesforceUser {
  id: string
  created: boolean
}

/** Creates or changes the one user with our external id. */
export const userUpsert: UpsertOperation<NewSalesforceUser, SalesforceUser> = {
  service: 'salesforce',
  class: 'U',
  name: 'user.upsert',
  title: 'create the Salesforce user',
  request: (user, settings) => ({
    method: 'PATCH',
    path: `/services/data/${API_VERSION}/sobjects/User/{field}/{externalId}`,
    params: { field: settings.externalIdField ?? '', externalId: user.externalId },
    body: {
      Username: `${user.email}${settings.usernameSuffix ?? ''}`,
      Email: user.email,
      FirstName: user.givenName,
      LastName: user.familyName,
      Alias: aliasOf(user),
      ProfileId: user.profileId ?? settings.profileId ?? '',
      TimeZoneSidKey: user.timeZone ?? settings.timeZone ?? '',
      LocaleSidKey: settings.locale ?? '',
      LanguageLocaleKey: settings.language ?? '',
      EmailEncodingKey: 'UTF-8',
    },
  }),
  answer: z
    .looseObject({ id: z.string(), success: z.literal(true), created: z.boolean().default(false) })
    .transform(({ id, created }) => ({ id, created })),
  judge: judgeSalesforce,
}

/** Deactivates the user with our external id: the licence is free, the records stay. Null when there is none. */
export const userDeactivate: UpsertOperation<{ externalId: string }, SalesforceUser | null> = {
  service: 'salesforce',
  class: 'U',
  name: 'user.deactivate',
  title: 'deactivate the Salesforce user',
  request: ({ externalId }, settings) => ({
    method: 'PATCH',
    path: `/services/data/${API_VERSION}/sobjects/User/{field}/{externalId}`,
    params: { field: settings.externalIdField ?? '', externalId },
    body: { IsActive: false },
  }),
  answer: z.union([
    z.looseObject({ id: z.string() }).transform(({ id }) => ({ id, created: false })),
    SalesforceProblems.transform(() => null),
  ]),
  // Salesforce would create it, and lacks what every user needs: so it is not there.
  judge: (response) => (lacksFields(response) ? { kind: 'done' } : judgeSalesforce(response)),
}

function aliasOf({ givenName, familyName }: NewSalesforceUser): string {
  const letters = (text: string) =>
    text
      .normalize('NFKD')
      .replace(/[^A-Za-z0-9]/g, '')
      .toLowerCase()
  const alias = `${letters(givenName).slice(0, 1)}${letters(familyName)}`.slice(0, LONGEST_ALIAS)
  return alias === '' ? 'user' : alias
}

const tokenWords = {
  title: 'Salesforce’s login',
  whenUnauthorized: 'Check SALESFORCE_CLIENT_ID and SALESFORCE_CLIENT_SECRET.',
  whenForbidden:
    'Switch on the client credentials flow for the connected app, with a run-as user (Setup > App Manager).',
  whenNotFound: 'SALESFORCE_LOGIN_URL has to be your own domain, as https://acme.my.salesforce.com.',
}

const TokenProblem = z.looseObject({ error: z.string(), error_description: z.string().optional() })

/** Exchanges the connected app's credentials for an access token. */
export const tokenFetch: ReadOperation<{ clientId: string; clientSecret: string }, { token: string }> = {
  service: 'salesforce',
  class: 'R',
  name: 'token.fetch',
  title: 'fetch a Salesforce access token',
  dropBodies: true,
  anonymous: true,
  request: ({ clientId, clientSecret }) => ({
    method: 'POST',
    path: '/services/oauth2/token',
    form: true,
    body: { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret },
  }),
  answer: z.looseObject({ access_token: z.string().min(1) }).transform((body) => ({ token: body.access_token })),
  judge: judgeToken,
}

function judgeToken(response: HttpResponse): Verdict | null {
  const problem = TokenProblem.safeParse(response.body).data
  const refusal = { code: problem?.error ?? null, message: problem?.error_description ?? null }
  if (response.status !== 400 || !problem) return judgeStatus(response, tokenWords, refusal)
  return {
    kind: 'permanent',
    code: 'salesforce-grant-refused',
    message: `Salesforce refused the connected app: ${refusal.message ?? problem.error}`,
    hint: `${tokenWords.whenUnauthorized} ${tokenWords.whenForbidden} ${tokenWords.whenNotFound}`,
  }
}
