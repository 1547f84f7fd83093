import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, ListenOptions } from 'node:net'
import type { Clock } from '../clock.ts'
import { PersonNeeded } from '../domain/errors.ts'
import type { Log } from '../log.ts'
import type { Doors } from './doors.ts'
import { reply } from './reply.ts'

interface HttpServerOptions {
  port: number
  host: string
  clock: Clock
  log: Log
  /** Slack's requests; null in Socket Mode. */
  slack: ((req: IncomingMessage, res: ServerResponse) => void) | null
  /** What else comes from outside; absent: nothing does. */
  doors?: Doors
  /** Whether Purser can do its work: recovered, and the store answers. */
  ready(): Promise<boolean>
}

export interface HttpServer {
  port: number
  close(): Promise<void>
}

/** Seconds by which Slack's clock may be ahead of ours; Bolt checks only that a request is not too old. */
const FUTURE_S = 300
const CONNECTIONS = 1_000
/** A turn of the event loop takes one connection from each socket that listens; a turn under load takes 20 ms. */
const SOCKETS = 16
/** In milliseconds. Node waits five minutes by default; whoever is that slow is no friend. */
const TIMEOUTS = { requestTimeout: 10_000, headersTimeout: 5_000, connectionsCheckingInterval: 1_000 }

/** Purser's own HTTP server: Slack's requests, and what an operator's monitoring asks. */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const answer = (req: IncomingMessage, res: ServerResponse): void => {
    route(options, req, res).catch((error: unknown) => {
      options.log.error('a request failed', { err: error, path: pathOf(req) })
      if (!res.headersSent) say(res, 500, { error: 'internal' })
    })
  }
  const { host } = options
  // The port has to be nobody's: sockets that share it would not find that out.
  const alone = await listen(createServer(TIMEOUTS, answer), { host, port: options.port }).catch((cause: Error) => {
    throw cannotListen(options, cause)
  })
  const { port } = alone.address() as AddressInfo
  if (process.platform !== 'linux') return { port, close: () => close(alone) }
  await close(alone)
  const servers = await Promise.all(
    Array.from({ length: SOCKETS }, () => listen(createServer(TIMEOUTS, answer), { host, port, reusePort: true })),
  ).catch((cause: Error) => {
    throw cannotListen(options, cause)
  })
  return { port, close: async () => void (await Promise.all(servers.map(close))) }
}

function listen(server: Server, at: ListenOptions): Promise<Server> {
  server.maxConnections = at.reusePort ? Math.ceil(CONNECTIONS / SOCKETS) : CONNECTIONS
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(at, () => resolve(server))
  })
}

function cannotListen({ host, port }: HttpServerOptions, cause: Error): PersonNeeded {
  const code = 'code' in cause ? String(cause.code) : 'unknown'
  const why = { EADDRINUSE: 'somebody else listens there', EACCES: 'this user may not listen there' }[code] ?? code
  return new PersonNeeded({
    code: 'cannot-listen',
    message: `Purser cannot listen on ${host}:${port}: ${why}.`,
    hint: 'Set PURSER_PORT (and PURSER_HOST) to a free one, or stop whoever has it. Nothing was lost.',
    cause,
  })
}

async function route(options: HttpServerOptions, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const path = pathOf(req)
  if (path === '/healthz') return say(res, 200, { alive: true })
  if (path === '/readyz') {
    const ready = await options.ready()
    return say(res, ready ? 200 : 503, { ready })
  }
  const answered = await options.doors?.(req, path)
  if (answered) return reply(res, answered)
  if (path !== '/slack/events' || !options.slack) return say(res, 404, { error: 'not found' })
  const sentAt = Number(req.headers['x-slack-request-timestamp'])
  if (sentAt * 1000 - options.clock.now() > FUTURE_S * 1000) {
    options.log.warn('a request that says it comes from the future was refused', { path })
    return say(res, 401, { error: 'the time stamp lies in the future' })
  }
  res.once('finish', () => {
    if (res.statusCode === 401) options.log.warn('a request without a valid signature was refused', { path })
  })
  options.slack(req, res)
}

const pathOf = (req: IncomingMessage): string => new URL(req.url ?? '/', 'http://purser.invalid').pathname

function say(res: ServerResponse, status: number, body: object): void {
  res.writeHead(status, { 'content-type': 'application/json' })
  res.end(JSON.stringify(body))
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeIdleConnections()
  })
}
