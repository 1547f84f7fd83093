import type { IncomingMessage } from 'node:http'
import { clientOf } from './api-clients.ts'
import { type MetricsPorts, metrics } from './metrics.ts'
import { notWith, type Reply, refusal } from './reply.ts'

export interface MetricsDoorPorts extends MetricsPorts {
  /** What monitoring has to show; null when only this machine may ask. */
  metricsToken: string | null
}

/** Whoever stands between adds one of these: what comes through them is not from this machine. */
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'] as const

/** `GET /metrics`: with the token where there is one, else for this machine alone. */
export async function metricsDoor(ports: MetricsDoorPorts, req: IncomingMessage): Promise<Reply> {
  if (req.method !== 'GET') return notWith('GET')
  if (ports.metricsToken !== null) {
    const monitoring = [{ name: 'monitoring', token: ports.metricsToken }]
    if (clientOf(monitoring, req.headers.authorization) === null) {
      const hint = 'Send Authorization: Bearer, with the token in PURSER_METRICS_TOKEN.'
      return { ...refusal(401, 'token', hint), headers: { 'www-authenticate': 'Bearer' } }
    }
  } else if (!isFromHere(req)) {
    const hint = 'Only the machine that Purser runs on may ask. For others set PURSER_METRICS_TOKEN, and send it.'
    return refusal(403, 'from-elsewhere', hint)
  }
  return { status: 200, body: await metrics(ports) }
}

const isFromHere = ({ socket, headers }: IncomingMessage): boolean =>
  /^(?:127\.|::1$|::ffff:127\.)/.test(socket.remoteAddress ?? '') && FORWARDED.every((name) => !(name in headers))
