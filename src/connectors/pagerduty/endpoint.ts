import { z } from 'zod'
import type { Endpoint } from '../../domain/operation.ts'
import { laneLimits } from '../lane-limits.ts'
import { type Environment, type MissingSetting, optionalUrl, readSettings } from '../read-settings.ts'

const EVENTS = 'https://events.pagerduty.com'

const WANTED = {
  PAGERDUTY_ROUTING_KEY: {
    schema: z.string().regex(/^[A-Za-z0-9]{32}$/, 'is not an integration key of 32 letters and digits'),
    what: 'The integration key of a service, for alerts that Slack does not take',
    where: 'PagerDuty > Services > the service > Integrations > Events API v2',
  },
  PAGERDUTY_EVENTS_URL: {
    schema: optionalUrl(EVENTS),
    what: 'Where the Events API is reached',
    where: 'Leave it unset, or https://events.eu.pagerduty.com for the EU service region',
  },
} as const

const LIMITS = { concurrency: 2, perMinute: 60 }

/** Where PagerDuty takes events, and the key by which it knows whose they are; null when alerts do not go there. */
export function pagerDutyEndpoint(
  env: Environment,
): { endpoint: Endpoint; routingKey: string } | { missing: MissingSetting[] } | null {
  if (!env.PAGERDUTY_ROUTING_KEY?.trim()) return null
  const read = readSettings('pagerduty', env, WANTED)
  if ('missing' in read) return read
  const { PAGERDUTY_ROUTING_KEY: routingKey, PAGERDUTY_EVENTS_URL: baseUrl } = read.values
  return {
    routingKey,
    endpoint: {
      service: 'pagerduty',
      title: 'PagerDuty',
      baseUrl,
      allowedHosts: [new URL(baseUrl).host],
      lane: laneLimits(LIMITS, null),
      settings: {},
      // The key is part of each event.
      async authorize() {},
      secrets: () => [routingKey],
    },
  }
}
