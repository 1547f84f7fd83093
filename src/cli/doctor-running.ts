import { z } from 'zod'
import type { Config } from '../config.ts'
import type { BoundCall, Endpoint, ReadOperation } from '../domain/operation.ts'
import { type Check, note, ok, wrong } from './doctor-check.ts'

const SERVICE = 'purser'
const SAID = /^purser_service_up\{service="([\w-]+)"\} ([01])$/gm

const metricsGet: ReadOperation<Record<string, never>, { service: string; isUp: boolean }[]> = {
  service: SERVICE,
  class: 'R',
  name: 'metrics.get',
  title: 'ask Purser how its services are',
  timeoutMs: 5_000,
  request: () => ({ method: 'GET', path: '/metrics' }),
  answer: z
    .string()
    .transform((text) => [...text.matchAll(SAID)].map(([, service = '', up]) => ({ service, isUp: up === '1' }))),
}

/** Where the Purser of these settings listens, for somebody on its own machine. */
export function runningEndpoint({
  host,
  port,
  metricsToken,
}: Pick<Config, 'host' | 'port' | 'metricsToken'>): Endpoint {
  const own = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  const baseUrl = `http://${own.includes(':') ? `[${own}]` : own}:${port}`
  return {
    service: SERVICE,
    title: 'Purser',
    baseUrl,
    allowedHosts: [new URL(baseUrl).host],
    lane: { concurrency: 1, perInterval: 10, intervalMs: 1_000 },
    settings: {},
    async authorize({ headers }) {
      if (metricsToken !== null) headers.authorization = `Bearer ${metricsToken}`
    },
    secrets: () => (metricsToken === null ? [] : [metricsToken]),
  }
}

/** How the Purser that runs finds its services, by its own looks and calls. */
export async function checkRunning(call: BoundCall, titles: ReadonlyMap<string, string>): Promise<Check[]> {
  const health = await call(metricsGet, {}).catch(() => null)
  if (health === null) return [note('Services, as Purser finds them', 'not asked: it does not answer at PURSER_PORT')]
  const down = health.filter(({ isUp }) => !isUp)
  if (down.length === 0)
    return [ok('Services, as Purser finds them', `${health.length} of ${health.length} are working`)]
  return down.map(({ service }) =>
    wrong(
      `${titles.get(service) ?? service}, as Purser finds it`,
      'does not work for Purser, which looks at it now and then',
      'Its card in the alerts channel says what fails and what mends it; /purser stats, too.',
    ),
  )
}
