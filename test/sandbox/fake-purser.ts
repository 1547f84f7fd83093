import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isObject } from '../../src/sandbox/slack/block-kit/checks.ts'

type Json = Record<string, unknown>

/** One request as Purser would receive it. */
export interface Received {
  headers: IncomingHttpHeaders
  raw: string
  /** The form's fields, the payload, or the event's envelope. */
  body: Json
}

interface Told {
  status?: number
  body?: unknown
  /** Never answers. */
  silent?: boolean
}

/** A server in Purser's place that answers what a test tells it to and keeps what it received. */
export async function startFakePurser() {
  const received: Received[] = []
  let tell: (request: Received) => Told | Promise<Told> = () => ({})
  const server = createServer((req, res) => {
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => chunks.push(chunk))
    req.on('end', () => {
      void (async () => {
        if (req.method === 'GET') return res.end('ok')
        const raw = Buffer.concat(chunks).toString('utf8')
        const request = { headers: req.headers, raw, body: parse(req.headers['content-type'] ?? '', raw) }
        received.push(request)
        const told = await tell(request)
        if (told.silent) return
        const json = told.body !== undefined && typeof told.body !== 'string'
        res.writeHead(told.status ?? 200, { 'content-type': json ? 'application/json' : 'text/plain' })
        res.end(json ? JSON.stringify(told.body) : told.body)
      })()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answering(next: typeof tell) {
      tell = next
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** The signature that Slack documents for a body. */
export function expectedSignature(secret: string, { headers, raw }: Received): string {
  const stamp = String(headers['x-slack-request-timestamp'])
  return `v0=${createHmac('sha256', secret).update(`v0:${stamp}:${raw}`).digest('hex')}`
}

function parse(contentType: string, raw: string): Json {
  if (contentType === 'application/json') return object(JSON.parse(raw))
  const form = Object.fromEntries(new URLSearchParams(raw))
  return form.payload === undefined ? form : object(JSON.parse(form.payload))
}

function object(value: unknown): Json {
  return isObject(value) ? value : {}
}
