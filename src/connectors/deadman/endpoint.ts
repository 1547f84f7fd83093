import type { Endpoint } from '../../domain/operation.ts'
import { laneLimits } from '../lane-limits.ts'
import { type Environment, type MissingSetting, neededUrl, readSettings } from '../read-settings.ts'

const WANTED = {
  DEADMAN_URL: {
    schema: neededUrl,
    what: 'An address that Purser calls every minute while it is well; whoever keeps it alerts when the calls stop',
    where: 'A check at https://healthchecks.io or another service of the kind: its ping URL',
  },
} as const

const LIMITS = { concurrency: 1, perMinute: 6 }

/** The outside switch; null when there is none. Its address is its permission: the whole of it is secret. */
export function deadmanEndpoint(
  env: Environment,
): { endpoint: Endpoint; url: string } | { missing: MissingSetting[] } | null {
  if (!env.DEADMAN_URL?.trim()) return null
  const read = readSettings('deadman', env, WANTED)
  if ('missing' in read) return read
  const url = read.values.DEADMAN_URL
  const { origin, host, pathname, search } = new URL(url)
  return {
    url,
    endpoint: {
      service: 'deadman',
      title: 'Dead man’s switch',
      baseUrl: origin,
      allowedHosts: [host],
      lane: laneLimits(LIMITS, null),
      settings: {},
      async authorize() {},
      secrets: () => [`${pathname}${search}`].filter((secret) => secret.length > 8),
    },
  }
}
