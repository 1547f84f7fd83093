import type { Endpoint } from '../../domain/operation.ts'
import { createCachedToken } from '../cached-token.ts'
import { callsPerMinute, laneLimits } from '../lane-limits.ts'
import { type Environment, type MissingSetting, needed, neededUrl, optional, readSettings } from '../read-settings.ts'
import { tokenFetch } from './operations.ts'

const APP_MANAGER = 'Setup > App Manager > the connected app > View > Manage Consumer Details'

const WANTED = {
  SALESFORCE_LOGIN_URL: {
    schema: neededUrl,
    what: 'Your own Salesforce domain, as https://acme.my.salesforce.com',
    where: 'Setup > My Domain > Current My Domain URL',
  },
  SALESFORCE_CLIENT_ID: {
    schema: needed,
    what: 'The consumer key of a connected app with the client credentials flow and a run-as user',
    where: APP_MANAGER,
  },
  SALESFORCE_CLIENT_SECRET: { schema: needed, what: 'The consumer secret of that app', where: APP_MANAGER },
  SALESFORCE_PROFILE_ID: {
    schema: needed,
    what: 'The id of the profile that new users get, as 00e…',
    where: 'Setup > Profiles > the profile: the id in the address bar',
  },
  SALESFORCE_EXTERNAL_ID_FIELD: {
    schema: optional('Purser_Id__c'),
    what: 'The API name of the text field of users that holds our id, marked External ID and Unique',
    where: 'Setup > Object Manager > User > Fields & Relationships > New',
  },
  SALESFORCE_USERNAME_SUFFIX: {
    schema: optional(''),
    what: 'What follows the e-mail address in user names, which are unique in all of Salesforce',
    where: 'Leave it unset unless a user name is taken',
  },
  SALESFORCE_TIME_ZONE: {
    schema: optional('America/New_York'),
    what: 'The time zone of new users',
    where: 'Setup > Company Information > Default Time Zone',
  },
  SALESFORCE_LOCALE: {
    schema: optional('en_US'),
    what: 'The locale of new users',
    where: 'Setup > Company Information > Default Locale',
  },
  SALESFORCE_LANGUAGE: {
    schema: optional('en_US'),
    what: 'The language of new users',
    where: 'Setup > Company Information > Default Language',
  },
  SALESFORCE_CALLS_PER_MINUTE: callsPerMinute('Salesforce'),
} as const

/** Salesforce counts calls by the day and at most 25 long ones at once. */
const LIMITS = { concurrency: 20, perMinute: 600 }
/** Salesforce does not say when a token ends; the shortest session that can be set lasts 15 minutes. */
const TOKEN_LASTS_MS = 15 * 60_000

/** Where Salesforce is reached, or what is not set. `now`: milliseconds since 1970. */
export function salesforceEndpoint(
  env: Environment,
  now: () => number,
): { endpoint: Endpoint } | { missing: MissingSetting[] } {
  const read = readSettings('salesforce', env, WANTED)
  if ('missing' in read) return read
  const { values } = read
  const baseUrl = values.SALESFORCE_LOGIN_URL
  const clientSecret = values.SALESFORCE_CLIENT_SECRET
  const token = createCachedToken(now, async (look) => {
    const askedAt = now()
    const fetched = await look(tokenFetch, { clientId: values.SALESFORCE_CLIENT_ID, clientSecret })
    return { token: fetched.token, expiresAt: askedAt + TOKEN_LASTS_MS }
  })
  return {
    endpoint: {
      service: 'salesforce',
      title: 'Salesforce',
      baseUrl,
      allowedHosts: [new URL(baseUrl).host],
      lane: laneLimits(LIMITS, values.SALESFORCE_CALLS_PER_MINUTE),
      settings: {
        externalIdField: values.SALESFORCE_EXTERNAL_ID_FIELD,
        profileId: values.SALESFORCE_PROFILE_ID,
        usernameSuffix: values.SALESFORCE_USERNAME_SUFFIX,
        timeZone: values.SALESFORCE_TIME_ZONE,
        locale: values.SALESFORCE_LOCALE,
        language: values.SALESFORCE_LANGUAGE,
      },
      async authorize({ headers }, look) {
        headers.authorization = `Bearer ${await token.get(look)}`
      },
      forgetCredentials: token.forget,
      secrets: () => [clientSecret, ...token.secrets()],
    },
  }
}
