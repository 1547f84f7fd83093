import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from '../../clock.ts'
import type { Faults } from '../faults.ts'
import type { ActiveFault } from '../state.ts'
import { type Answer, type Ask, type Fake, Refused, type Route } from './fake.ts'
import { createRouteFinder, type RouteMatch } from './match-route.ts'
import { type RequestBody, readRequest } from './read-request.ts'
import type { LoggedRequest, TrafficLog } from './traffic-log.ts'

const LONGEST_SILENCE_MS = 5 * 60_000
const SLOW_MS = { least: 5_000, most: 10_000 }
const NO_QUERY = new URLSearchParams()

interface FrontDesk {
  faults: Faults
  log: TrafficLog
  clock: Clock
  /** Where the fakes are reached, without a service's prefix. */
  url: () => string
  /** How long this answer takes, in ms. */
  latency: () => number
  /** Called when something was noted or changed. */
  changed: () => void
}

/** A request on its way through the steps below. */
interface Visit {
  req: IncomingMessage
  res: ServerResponse
  fake: Fake
  path: string
  query: string
  match: RouteMatch | null
  body: RequestBody
}

/** Answers requests to one fake: notes them, lets faults strike, checks access, then asks the endpoint. */
export function createFrontDesk(fake: Fake, desk: FrontDesk) {
  const find = createRouteFinder(fake.routes)
  return (req: IncomingMessage, res: ServerResponse, target: string): void => {
    const mark = target.indexOf('?')
    const path = mark < 0 ? target : target.slice(0, mark)
    const query = mark < 0 ? '' : target.slice(mark + 1)
    const match = find(req.method ?? 'GET', path)
    readRequest(req, (body) => attend({ req, res, fake, path, query, match, body }, desk))
  }
}

function attend(visit: Visit, desk: FrontDesk): void {
  const { req, res, fake, path, query, body } = visit
  const method = req.method ?? 'GET'
  const now = desk.clock.now()
  const request = desk.log.arrived({
    service: fake.name,
    at: new Date(now).toISOString(),
    method,
    path,
    query,
    headers: req.headers,
    body: body.kind === 'parsed' ? body.value : 'raw' in body ? body.raw : undefined,
  })
  desk.changed()
  const fault = strike(visit, desk.faults)
  if (fault) request.fault = fault.kind
  if (fault?.kind === 'timeout') {
    later(res, desk.clock, LONGEST_SILENCE_MS, () => res.destroy())
    return
  }
  if (fault?.kind === 'reset') {
    req.socket.resetAndDestroy()
    return
  }
  const answer = refusalOf(fake, fault) ?? decide(visit, now, `${desk.url()}/${fake.name}`)
  if (answer.effects) desk.log.done(request, answer.effects)
  if (fault?.kind === 'lost-answer') {
    req.socket.destroy()
    return
  }
  if (fault?.kind === 'unanswered') {
    later(res, desk.clock, LONGEST_SILENCE_MS, () => res.destroy())
    return
  }
  const wait = desk.latency() + (fault?.kind === 'slow' ? drawSlowness() : 0)
  const reply = () => send({ res, request, answer, headers: fake.headers(now) })
  if (wait <= 0) reply()
  else later(res, desk.clock, wait, reply)
}

/**
 * The fault that hits this visit. Token endpoints are hosts of their own at the vendors, so a service's faults spare
 * them; they and the lookups can be hit by name. A match may be written with the sandbox's prefix or without.
 */
function strike({ req, fake, path, match }: Visit, faults: Faults): ActiveFault | null {
  const use: Route['use'] = match?.route.use ?? 'write'
  const request = `${req.method} /${fake.name}${path}\n${req.method} ${path}`
  if (use === 'token') return faults.strike(`${fake.name}-token`, request)
  if (use === 'status') return faults.strikeUncounted(fake.name, request)
  return faults.strike(fake.name, request) ?? (use === 'lookup' ? faults.strike(`${fake.name}-lookups`, request) : null)
}

function refusalOf({ refusals }: Fake, fault: ActiveFault | null): Answer | null {
  if (fault?.kind === '401') return refusals.unauthorized()
  if (fault?.kind !== '503' && fault?.kind !== '429') return null
  const answer = fault.kind === '503' ? refusals.unavailable() : refusals.tooManyRequests()
  const wait = fault.retry_after ?? (fault.kind === '429' ? refusals.usualRetryAfter : null)
  return wait === null ? answer : { ...answer, headers: { ...answer.headers, 'retry-after': String(wait) } }
}

function decide({ req, fake, path, query, match, body }: Visit, now: number, base: string): Answer {
  const ask: Ask = {
    method: req.method ?? 'GET',
    path,
    param: match?.param ?? (() => ''),
    query: query === '' ? NO_QUERY : new URLSearchParams(query),
    headers: req.headers,
    body: body.kind === 'parsed' ? body.value : undefined,
    now,
    base,
  }
  const turnedAway = fake.turnAway?.(ask)
  if (turnedAway) return turnedAway
  const isToken = match?.route.use === 'token'
  if (!isToken && !fake.accepts(req.headers.authorization ?? '', now)) return fake.refusals.unauthorized()
  if (!match) return fake.refusals.noSuchPath(ask)
  if (body.kind === 'unreadable') return fake.refusals.unreadableBody(body.problem)
  if (body.kind === 'wrong-type' || (body.kind === 'parsed' && body.form && !isToken)) {
    return fake.refusals.wrongContentType()
  }
  try {
    return match.route.answer(ask)
  } catch (error) {
    if (error instanceof Refused) return error.answer
    process.stderr.write(`The sandbox's ${fake.name} failed at ${req.method} ${path}: ${String(error)}\n`)
    return { ...fake.refusals.unavailable(), status: 500 }
  }
}

interface Reply {
  res: ServerResponse
  request: LoggedRequest
  answer: Answer
  headers: Record<string, string>
}

function send({ res, request, answer, headers }: Reply): void {
  if (res.destroyed) return
  request.status = answer.status
  const text = answer.body === undefined ? '' : JSON.stringify(answer.body)
  res.writeHead(answer.status, {
    ...headers,
    ...answer.headers,
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  })
  res.end(text)
}

/** Waits, unless the client goes away first. */
function later(res: ServerResponse, clock: Clock, ms: number, act: () => void): void {
  const cancel = clock.after(ms, act)
  res.once('close', cancel)
}

function drawSlowness(): number {
  return SLOW_MS.least + Math.random() * (SLOW_MS.most - SLOW_MS.least)
}
