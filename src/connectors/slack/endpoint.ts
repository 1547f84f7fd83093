import type { Endpoint } from '../../domain/operation.ts'
import { callsPerMinute, laneLimits } from '../lane-limits.ts'
import { type Environment, type MissingSetting, needed, optionalUrl, readSettings } from '../read-settings.ts'

const SLACK = 'https://slack.com/api'
/** Where Slack takes uploads and answers to commands and clicks. */
const BESIDES = ['files.slack.com', 'hooks.slack.com']

const WANTED = {
  SLACK_BOT_TOKEN: {
    schema: needed,
    what: 'The Bot User OAuth Token of the app, as xoxb-…',
    where: 'https://api.slack.com/apps > the app > Install App',
  },
  SLACK_API_URL: { schema: optionalUrl(SLACK), what: 'Where the Web API is reached', where: 'Leave it unset' },
  SLACK_CALLS_PER_MINUTE: callsPerMinute('Slack'),
} as const

/** Slack's limits hold by method and channel, which the painter keeps to; this only cuts bursts. */
const LIMITS = { concurrency: 20, perMinute: 1_200 }

/** Where Slack is reached, or what is not set. */
export function slackEndpoint(env: Environment): { endpoint: Endpoint } | { missing: MissingSetting[] } {
  const read = readSettings('slack', env, WANTED)
  if ('missing' in read) return read
  const { SLACK_BOT_TOKEN: token, SLACK_API_URL: baseUrl, SLACK_CALLS_PER_MINUTE } = read.values
  return {
    endpoint: {
      service: 'slack',
      title: 'Slack',
      baseUrl,
      allowedHosts: [new URL(baseUrl).host, ...(baseUrl === SLACK ? BESIDES : [])],
      lane: laneLimits(LIMITS, SLACK_CALLS_PER_MINUTE),
      settings: {},
      async authorize({ headers }) {
        headers.authorization = `Bearer ${token}`
      },
      secrets: () => [token],
    },
  }
}
