import { z } from 'zod'
import type { Endpoint } from '../../domain/operation.ts'
import { callsPerMinute, laneLimits } from '../lane-limits.ts'
import {
  type Environment,
  type MissingSetting,
  needed,
  neededUrl,
  optional,
  optionalCount,
  readSettings,
} from '../read-settings.ts'

const WANTED = {
  JIRA_SITE_URL: {
    schema: neededUrl,
    what: 'The address of the Jira site, as https://acme.atlassian.net',
    where: 'The address bar when Jira is open',
  },
  JIRA_EMAIL: {
    schema: z.email('is not an e-mail address'),
    what: 'The account that tickets are opened and people are added by',
    where: 'https://id.atlassian.com/manage-profile/email, signed in as that account',
  },
  JIRA_API_TOKEN: {
    schema: needed,
    what: 'An API token of that account',
    where: 'https://id.atlassian.com/manage-profile/security/api-tokens > Create API token',
  },
  JIRA_PROJECT: {
    schema: needed,
    what: 'The key of the project that tickets are opened in, as OPS',
    where: 'Jira > Projects > View all projects, column Key',
  },
  JIRA_ISSUE_TYPE: {
    schema: optional('Task'),
    what: 'The type of the tickets',
    where: 'Jira > the project > Project settings > Issue types',
  },
  JIRA_INDEX_LAG_SECONDS: {
    schema: optionalCount,
    what: 'How long a new ticket may be missing from searches',
    where: 'Leave it unset: 60 seconds',
  },
  JIRA_CALLS_PER_MINUTE: callsPerMinute('Jira'),
} as const

/** Jira counts points by the hour and cuts bursts; it names no number that holds for all sites. */
const LIMITS = { concurrency: 10, perMinute: 600 }

/** Where Jira is reached, or what is not set. */
export function jiraEndpoint(env: Environment): { endpoint: Endpoint } | { missing: MissingSetting[] } {
  const read = readSettings('jira', env, WANTED)
  if ('missing' in read) return read
  const { values } = read
  const token = values.JIRA_API_TOKEN
  const basic = Buffer.from(`${values.JIRA_EMAIL}:${token}`).toString('base64')
  return {
    endpoint: {
      service: 'jira',
      title: 'Jira',
      baseUrl: values.JIRA_SITE_URL,
      allowedHosts: [new URL(values.JIRA_SITE_URL).host],
      lane: laneLimits(LIMITS, values.JIRA_CALLS_PER_MINUTE),
      settings: { project: values.JIRA_PROJECT, issueType: values.JIRA_ISSUE_TYPE },
      ...(values.JIRA_INDEX_LAG_SECONDS === null ? {} : { indexLagMs: values.JIRA_INDEX_LAG_SECONDS * 1000 }),
      async authorize({ headers }) {
        headers.authorization = `Basic ${basic}`
      },
      secrets: () => [token, basic],
    },
  }
}
