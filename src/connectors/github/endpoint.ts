import type { Endpoint } from '../../domain/operation.ts'
import { callsPerMinute, laneLimits } from '../lane-limits.ts'
import { type Environment, type MissingSetting, needed, optionalUrl, readSettings } from '../read-settings.ts'

const WANTED = {
  GITHUB_TOKEN: {
    schema: needed,
    what: 'A token of an organization owner that may manage members (classic: admin:org)',
    where:
      'https://github.com/settings/tokens > Generate new token, then authorize it for SSO where the organization uses it',
  },
  GITHUB_ORG: {
    schema: needed,
    what: 'The login of the GitHub organization, as in github.com/<login>',
    where: 'https://github.com/settings/organizations',
  },
  GITHUB_API_URL: {
    schema: optionalUrl('https://api.github.com'),
    what: 'Where the REST API is reached',
    where: 'Leave it unset for github.com; GitHub Enterprise Server: https://<host>/api/v3',
  },
  GITHUB_CALLS_PER_MINUTE: callsPerMinute('GitHub'),
} as const

/** GitHub counts 5 points a write and 900 a minute; half is left to others who use the same token. */
const LIMITS = { concurrency: 20, perMinute: 150 }

/** Where GitHub is reached, or what is not set. */
export function githubEndpoint(env: Environment): { endpoint: Endpoint } | { missing: MissingSetting[] } {
  const read = readSettings('github', env, WANTED)
  if ('missing' in read) return read
  const { GITHUB_TOKEN: token, GITHUB_ORG: org, GITHUB_API_URL: baseUrl, GITHUB_CALLS_PER_MINUTE } = read.values
  return {
    endpoint: {
      service: 'github',
      title: 'GitHub',
      baseUrl,
      allowedHosts: [new URL(baseUrl).host],
      lane: laneLimits(LIMITS, GITHUB_CALLS_PER_MINUTE),
      settings: { org },
      async authorize({ headers }) {
        headers.authorization = `Bearer ${token}`
      },
      secrets: () => [token],
    },
  }
}
