import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { z } from 'zod'
import { type Clock, systemClock } from '../../clock.ts'
import { createFaults } from '../faults.ts'
import { createFrontDesk } from './answer-request.ts'
import { controlRoutes } from './control.ts'
import type { Fake, Route } from './fake.ts'
import { createGithubFake } from './github/github-fake.ts'
import { createGoogleFake } from './google/google-fake.ts'
import { createGustoFake } from './gusto/gusto-fake.ts'
import { createJiraFake } from './jira/jira-fake.ts'
import { createStateKeeper, readState } from './keep-state.ts'
import { drawLatency } from './latency.ts'
import { createRouteFinder } from './match-route.ts'
import { createPagerDutyFake } from './pagerduty/pagerduty-fake.ts'
import { readRequest } from './read-request.ts'
import { createSalesforceFake } from './salesforce/salesforce-fake.ts'
import { createTrafficLog, type TrafficLog } from './traffic-log.ts'

/** Longer than clients keep idle connections, so that none is closed under a request. */
const KEEP_ALIVE_MS = 75_000

const Saved = z.object({ services: z.record(z.string(), z.unknown()), log: z.unknown() })

export interface ServicesOptions {
  /** 0, the default, takes a free one. */
  port?: number
  /** The median time that answers take; 0, the default, answers at once. */
  latencyMs?: number
  /** Where state and log are kept across restarts. */
  stateFile?: string
  clock?: Clock
}

export interface Services {
  /** Such as `http://127.0.0.1:4711`; each service answers under `/` and its name. */
  url: string
  close: () => Promise<void>
}

/** Starts the fakes of Google, Jira, GitHub, Salesforce, Gusto and PagerDuty behind one HTTP server on the loopback interface. */
export async function startServices(options: ServicesOptions = {}): Promise<Services> {
  const { port = 0, latencyMs = 0, stateFile, clock = systemClock } = options
  const fakes = [
    ...[createGoogleFake(), createJiraFake(), createGithubFake(), createSalesforceFake(), createGustoFake()],
    createPagerDutyFake(),
  ]
  const log = createTrafficLog()
  const faults = createFaults(() => clock.now())
  if (stateFile !== undefined) restore(readState(stateFile), fakes, log)
  const keeper = stateFile === undefined ? null : keep(stateFile, { fakes, log, clock })
  let p50 = latencyMs
  let url = ''
  const desk = {
    faults,
    log,
    clock,
    url: () => url,
    latency: () => drawLatency(p50),
    changed: () => keeper?.changed(),
  }
  const desks = new Map(fakes.map((fake) => [fake.name as string, createFrontDesk(fake, desk)]))
  const setLatency = (ms: number) => {
    p50 = ms
  }
  const control = createControl(controlRoutes({ fakes, faults, log, setLatency }), desk.changed)

  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS, noDelay: true }, (req, res) => {
    const target = req.url ?? '/'
    const end = target.indexOf('/', 1)
    const service = desks.get(target.slice(1, end < 0 ? undefined : end))
    if (service && end > 0) service(req, res, target.slice(end))
    else control(req, res)
  })
  url = `http://127.0.0.1:${await listen(server, port)}`
  return {
    url,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
      keeper?.flush()
    },
  }
}

function createControl(routes: Route[], changed: () => void) {
  const find = createRouteFinder(routes)
  return (req: IncomingMessage, res: ServerResponse): void => {
    readRequest(req, (body) => {
      const { pathname, searchParams: query } = new URL(req.url ?? '/', 'http://127.0.0.1')
      const match = find(req.method ?? 'GET', pathname)
      const method = req.method ?? 'GET'
      const parsed = body.kind === 'parsed' ? body.value : undefined
      const ask = { method, path: pathname, query, headers: req.headers, body: parsed, now: 0, base: '' }
      try {
        if (!match) throw new TypeError(`Nothing at ${method} ${pathname}`)
        const { status, body: answer } = match.route.answer({ ...ask, param: match.param })
        if (method !== 'GET') changed()
        answerJson(res, status, answer)
      } catch (error) {
        const problem = problemOf(error)
        answerJson(res, match ? 400 : 404, { error: problem, hint: routes.map(callOf).join(', ') })
      }
    })
  }
}

function problemOf(error: unknown): string {
  if (error instanceof z.ZodError) return z.prettifyError(error)
  return error instanceof Error ? error.message : String(error)
}

function callOf({ method, pattern }: Route): string {
  return `${method} ${pattern}`
}

function answerJson(res: ServerResponse, status: number, body: unknown): void {
  res.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body))
}

function keep(file: string, { fakes, log, clock }: { fakes: Fake[]; log: TrafficLog; clock: Clock }) {
  const snapshot = () => ({
    services: Object.fromEntries(fakes.map((fake) => [fake.name, fake.snapshot()])),
    log: log.snapshot(),
  })
  return createStateKeeper({ file, clock, snapshot })
}

function restore(saved: unknown, fakes: Fake[], log: TrafficLog): void {
  if (saved === null) return
  const state = Saved.parse(saved)
  for (const fake of fakes) if (state.services[fake.name] !== undefined) fake.restore(state.services[fake.name])
  log.restore(state.log)
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host: '127.0.0.1', backlog: 4096 }, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}
