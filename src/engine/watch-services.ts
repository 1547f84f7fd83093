import type { Clock } from '../clock.ts'
import { causeOf } from '../domain/cause.ts'
import type { HoldOf } from '../domain/hold.ts'
import type { TeamId } from '../domain/ids.ts'
import type { ReadOperation } from '../domain/operation.ts'
import type { StepFailure } from '../domain/run.ts'
import { toStepFailure } from '../domain/step-failure.ts'
import type { Egress } from '../egress/scope.ts'
import { ENGINE } from './draft-change.ts'

/** A service that is looked at also when nothing runs. */
export interface WatchedService {
  service: string
  title: string
  /** A cheap read that shows whether it works; null where there is none. */
  probe: ReadOperation<Record<string, never>, unknown> | null
}

/** How a service is, by the last that was heard of it. */
export interface ServiceHealth {
  service: string
  title: string
  /** `unknown`: nothing was heard of it yet. */
  state: 'up' | 'troubled' | 'down' | 'unknown'
  detail: string | null
  at: number | null
}

interface Ports {
  egress: Egress
  clock: Clock
  team: TeamId
  services: readonly WatchedService[]
  /** Milliseconds between two looks, by the rules of now. */
  everyMs(): number
  incidentOf(service: string): HoldOf<'incident'> | null
  /** It failed twice in a row, while no incident stands. */
  onDown(service: string, failure: StepFailure): Promise<void>
  /** A look at a service over which an incident stands: what came of it, and whether there was anything to ask. */
  onProbed(hold: HoldOf<'incident'>, looked: { failure: StepFailure | null; wasAsked: boolean }): Promise<void>
  onError(error: unknown): void
}

/** Milliseconds until a look that failed is made sure of. */
const SURE_MS = 4_000
/** One try: the next look is the next try. */
const ONCE = { tries: 1, withinMs: 10_000, firstDelayMs: 0 }

interface Known {
  state: ServiceHealth['state']
  detail: string | null
  at: number | null
  /** When it last worked, by a look or by a step's own call. */
  upAt: number
}

/** Looks at each service now and then; while it works for the steps, or is being looked at anyway, that is enough. */
export function createServiceWatch(ports: Ports) {
  const { clock } = ports
  const known = new Map<string, Known>()
  const sleeping = new Map<string, AbortController>()
  let stopped = false

  const rest = async (service: string, ms: number): Promise<void> => {
    const waking = new AbortController()
    sleeping.set(service, waking)
    await clock.sleep(Math.max(0, ms), waking.signal).catch(() => undefined)
    sleeping.delete(service)
  }

  const note = (service: string, state: ServiceHealth['state'], detail: string | null): void => {
    const at = clock.now()
    known.set(service, { state, detail, at, upAt: state === 'up' ? at : (known.get(service)?.upAt ?? 0) })
  }

  /** Null: it works. An answer that only refuses this very request shows that it works, too. */
  const look = async ({ service, probe }: WatchedService): Promise<StepFailure | null> => {
    if (!probe) return null
    try {
      await ports.egress.call({
        operation: probe,
        input: {},
        scope: {
          team: ports.team,
          actor: ENGINE,
          subjects: [],
          urgent: true,
          purpose: { key: `probe/${service}`, run: null, step: null, earlierCalls: false },
          tries: ONCE,
        },
      })
      return null
    } catch (error) {
      const failure = toStepFailure(error)
      return causeOf(failure) === null ? null : failure
    }
  }

  const watch = async (watched: WatchedService): Promise<void> => {
    const { service } = watched
    let failedOnce = false
    while (!stopped) {
      const standing = ports.incidentOf(service)
      const upAt = known.get(service)?.upAt ?? 0
      if (standing?.status === 'open') await rest(service, (standing.nextProbe ?? clock.now()) - clock.now())
      else await rest(service, failedOnce ? SURE_MS : upAt + ports.everyMs() - clock.now())
      if (stopped) return
      const incident = ports.incidentOf(service)
      const isOpen = incident?.status === 'open'
      if (isOpen && (incident.nextProbe ?? 0) > clock.now()) continue
      if (!isOpen && (known.get(service)?.upAt ?? 0) + ports.everyMs() > clock.now()) {
        failedOnce = false
        continue
      }
      // There is nothing to ask of it while no incident stands.
      if (!watched.probe && !isOpen) {
        await rest(service, ports.everyMs())
        continue
      }
      const failure = await look(watched)
      if (failure) note(service, failedOnce || isOpen ? 'down' : 'troubled', failure.message)
      else if (watched.probe) note(service, 'up', null)
      if (isOpen) await ports.onProbed(incident, { failure, wasAsked: watched.probe !== null })
      else if (failure && failedOnce) await ports.onDown(service, failure)
      failedOnce = failure !== null && !failedOnce
    }
  }

  const forEver = (watched: WatchedService): void => {
    watch(watched).catch(async (error: unknown) => {
      ports.onError(error)
      await rest(watched.service, ports.everyMs())
      if (!stopped) forEver(watched)
    })
  }

  return {
    start(): void {
      for (const watched of ports.services) forEver(watched)
    },
    /** A step's call of it was done. */
    worked(service: string): void {
      if (known.get(service)?.state !== 'up') note(service, 'up', null)
      else known.set(service, { state: 'up', detail: null, at: clock.now(), upAt: clock.now() })
    },
    /** Looks as soon as it may: an incident was opened, or somebody asks for it. */
    wake(service: string): void {
      sleeping.get(service)?.abort(new Error('woken'))
    },
    health: (): ServiceHealth[] =>
      ports.services.map(({ service, title }) => {
        const { state, detail, at } = known.get(service) ?? { state: 'unknown' as const, detail: null, at: null }
        const incident = ports.incidentOf(service)
        if (incident?.status === 'open') return { service, title, state: 'down', detail: incident.failure.message, at }
        return { service, title, state, detail, at }
      }),
    stop(): void {
      stopped = true
      for (const waking of sleeping.values()) waking.abort(new Error('Purser stops'))
    },
  }
}
