import { z } from 'zod'
import type { Faults } from '../faults.ts'
import type { FaultOrder, SandboxService } from '../state.ts'
import type { Fake, Route } from './fake.ts'
import type { TrafficLog } from './traffic-log.ts'

/** The parts of a service that faults can hit by themselves, besides the whole. */
const PARTS = ['', '-lookups', '-token'] as const

const Blindness = z.strictObject({
  service: z.string(),
  seconds: z.exactOptional(z.number().positive()),
  times: z.exactOptional(z.int().positive()),
})

const EVERYTHING = 1_000_000

interface ControlledServices {
  fakes: Fake[]
  faults: Faults
  log: TrafficLog
  setLatency: (p50: number) => void
}

type ControlAnswer = ReturnType<Route['answer']>

/** The endpoints by which tests and the sandbox's panel break, watch and reset the fakes. */
export function controlRoutes(services: ControlledServices): Route[] {
  const { fakes, log, setLatency } = services
  const route = (method: string, pattern: string, answer: Route['answer']): Route => ({
    method,
    pattern,
    use: 'write',
    answer,
  })
  return [
    ...faultRoutes(services, route),
    route('GET', '/control/summary', () => ok(fakes.map((fake) => summaryOf(fake, services)))),
    route('GET', '/control/log/{service}', ({ param, query }) =>
      ok(log.read(fakeNamed(fakes, param('service')).name, Number(query.get('limit') ?? EVERYTHING))),
    ),
    route('GET', '/control/state/{service}', ({ param }) => ok(fakeNamed(fakes, param('service')).snapshot())),
    route('POST', '/control/latency', ({ body }) => {
      const { p50 } = z.strictObject({ p50: z.number().nonnegative() }).parse(body)
      setLatency(p50)
      return ok({ p50 })
    }),
    route('POST', '/control/reset', () => {
      for (const fake of fakes) fake.reset()
      services.faults.clear()
      log.reset()
      return ok({ reset: true })
    }),
    route('POST', '/control/switches/{service}/{name}', ({ param, body }) => {
      const fake = fakeNamed(fakes, param('service'))
      const act = fake.switches[param('name')]
      const known = Object.keys(fake.switches).join(', ') || 'none'
      if (!act) throw new TypeError(`${fake.name} has no switch "${param('name')}". It has: ${known}`)
      return ok(act(body ?? {}))
    }),
  ]
}

function faultRoutes(
  { fakes, faults }: ControlledServices,
  route: (method: string, pattern: string, answer: Route['answer']) => Route,
): Route[] {
  const partsOf = (service: string) => PARTS.map((part) => `${fakeNamed(fakes, service).name}${part}`)
  return [
    route('POST', '/control/faults', ({ body }) => ok(faults.order(checkedOrder(fakes, body)), 201)),
    route('GET', '/control/faults', ({ query }) => {
      const service = query.get('service')
      return ok(service === null ? faults.list() : partsOf(service).flatMap((part) => faults.list(part)))
    }),
    route('DELETE', '/control/faults', ({ query }) => {
      const service = query.get('service')
      if (service === null) faults.clear()
      else for (const part of partsOf(service)) faults.clear(part)
      return ok({ cleared: service ?? 'all' })
    }),
    route('POST', '/control/blind', ({ body }) => {
      const { service, ...until } = Blindness.parse(body)
      return ok(faults.order({ service: `${fakeNamed(fakes, service).name}-lookups`, kind: '503', ...until }), 201)
    }),
  ]
}

function checkedOrder(fakes: Fake[], body: unknown): FaultOrder {
  const order = body as FaultOrder
  const known = fakes.flatMap(({ name }) => PARTS.map((part) => `${name}${part}`))
  const service = z.looseObject({ service: z.string() }).parse(order).service
  if (!known.includes(service)) throw new TypeError(`No service "${service}". There are: ${known.join(', ')}`)
  return order
}

function summaryOf(fake: Fake, { faults, log }: ControlledServices): SandboxService {
  const active = PARTS.flatMap((part) => faults.list(`${fake.name}${part}`))
  return { name: fake.name, title: fake.title, faults: active, ...log.counts(fake.name) }
}

function fakeNamed(fakes: Fake[], name: string): Fake {
  const fake = fakes.find((each) => each.name === name)
  if (!fake) throw new TypeError(`No service "${name}". There are: ${fakes.map((each) => each.name).join(', ')}`)
  return fake
}

function ok(body: unknown, status = 200): ControlAnswer {
  return { status, body }
}
