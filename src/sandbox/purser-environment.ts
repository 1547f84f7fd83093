import { generateKeyPairSync } from 'node:crypto'
import { CONNECTORS } from '../connectors/index.ts'
import { BOT_TOKEN } from './seed.ts'
import { SANDBOX_ACCESS } from './services/tokens.ts'

interface Places {
  /** The sandbox's own address. */
  sandboxUrl: string
  /** The services' address. */
  servicesUrl: string
  signingSecret: string
  /** Calls a minute that each fake takes; the vendors' own limits when absent. */
  callsPerMinute?: number
}

/** The environment in which Purser takes the sandbox for Slack and for the services: nothing else tells it. */
export function purserEnvironment({
  sandboxUrl,
  servicesUrl,
  signingSecret,
  callsPerMinute,
}: Places): Record<string, string> {
  const limits = callsPerMinute === undefined ? {} : limitsOf(callsPerMinute)
  return {
    SLACK_BOT_TOKEN: BOT_TOKEN,
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_API_URL: `${sandboxUrl}/api`,
    GOOGLE_API_URL: `${servicesUrl}/google`,
    GOOGLE_SERVICE_ACCOUNT_KEY: JSON.stringify(serviceAccount(servicesUrl)),
    GOOGLE_ADMIN_EMAIL: 'admin@acme.example',
    JIRA_SITE_URL: `${servicesUrl}/jira`,
    JIRA_EMAIL: SANDBOX_ACCESS.jira.email,
    JIRA_API_TOKEN: SANDBOX_ACCESS.jira.token,
    JIRA_PROJECT: 'OPS',
    JIRA_INDEX_LAG_SECONDS: '3',
    GITHUB_API_URL: `${servicesUrl}/github`,
    GITHUB_TOKEN: SANDBOX_ACCESS.github.token,
    GITHUB_ORG: 'acme',
    SALESFORCE_LOGIN_URL: `${servicesUrl}/salesforce`,
    SALESFORCE_CLIENT_ID: SANDBOX_ACCESS.salesforce.clientId,
    SALESFORCE_CLIENT_SECRET: SANDBOX_ACCESS.salesforce.clientSecret,
    SALESFORCE_PROFILE_ID: '00eSANDBOX000001AAA',
    GUSTO_API_URL: `${servicesUrl}/gusto`,
    GUSTO_API_TOKEN: SANDBOX_ACCESS.gusto.token,
    GUSTO_COMPANY_ID: 'acme',
    ...limits,
  }
}

const limitsOf = (callsPerMinute: number): Record<string, string> =>
  Object.fromEntries(
    CONNECTORS.map(({ connector }) => [`${connector.service.toUpperCase()}_CALLS_PER_MINUTE`, String(callsPerMinute)]),
  )

/** A service account as Google hands it out, with a key made on the spot. */
function serviceAccount(servicesUrl: string): object {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return {
    type: 'service_account',
    client_email: 'purser@acme-sandbox.iam.gserviceaccount.example',
    private_key_id: 'sandbox',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    token_uri: `${servicesUrl}/google/token`,
  }
}
