import type { Clock } from '../clock.ts'
import { PROBE } from '../domain/actor.ts'
import { causeOf } from '../domain/cause.ts'
import { PurserError, RetryLater } from '../domain/errors.ts'
import type { HoldOf } from '../domain/hold.ts'
import type { TeamId } from '../domain/ids.ts'
import type { ReadOperation } from '../domain/operation.ts'
import type { StepFailure } from '../domain/run.ts'
import { toStepFailure } from '../domain/step-failure.ts'
import type { Egress } from '../egress/scope.ts'

/** A service that is looked at also when nothing runs. */
export interface WatchedService {
  service: string
  title: string
  /** A cheap read that shows whether it works. */
  probe: ReadOperation<Record<string, never>, unknown>
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

/** What a look came to. */
export type Looked =
  | { kind: 'answers' }
  /** It answers, and refuses this very read. */
  | { kind: 'refuses'; failure: StepFailure }
  /** It does not work for whoever calls it. */
  | { kind: 'fails'; failure: StepFailure; retryAfterMs: number | null }
  /** Nothing was asked: the reason is here, not there. */
  | { kind: 'not-asked' }

interface Ports {
  egress: Egress
  clock: Clock
  team: TeamId
  services: readonly WatchedService[]
  /** Milliseconds between two looks, by the rules of now. */
  everyMs(): number
  incidentOf(service: string): HoldOf<'incident'> | null
  /** It failed at least twice in a row, while no incident holds its steps and nobody has overruled that. */
  onDown(service: string, failure: StepFailure): Promise<void>
  /** A look at a service over which an incident stands, and what came of it. */
  onProbed(hold: HoldOf<'incident'>, looked: Exclude<Looked, { kind: 'not-asked' }>): Promise<void>
  /** One whose looks were overruled has answered: they count again. */
  onAnswered(service: string): Promise<void>
  onError(error: unknown): void
}

/** Milliseconds until a look that failed is made sure of. */
const SURE_MS = 4_000
/** One try, not patient: what takes longer does not work for people who wait, and the next look is the next try. */
const ONCE = { tries: 1, withinMs: 10_000, firstDelayMs: 0, eachMs: 8_000 }

/** Milliseconds between two looks at a service over which an incident stands, at most, unless it asks for more. */
const MOST_APART_MS = 60_000

/** Its times are those of the clock that never jumps, but for `at`. */
interface Known {
  state: ServiceHealth['state']
  detail: string | null
  /** When it was heard of last, in milliseconds since 1970. */
  at: number | null
  /** When it last worked, by a look or by a step's own call. */
  upAt: number
  lookedAt: number
  /** Looks in a row that failed. */
  fails: number
  /** Not before: it asked to be left alone until then. */
  leaveUntil: number
  /** Somebody let go on what waited although looks fail: they open nothing until one is answered. */
  isOverruled: boolean
}

/** What somebody did about a service. */
export interface Woken {
  /** They want to know now whether it works. */
  isAsked: boolean
  /** They let go on what waited for it, whatever a look says. */
  isOverruled: boolean
}

const NEVER = Number.NEGATIVE_INFINITY
const FRESH: Known = {
  ...{ state: 'unknown', detail: null, at: null, upAt: NEVER, lookedAt: NEVER },
  ...{ fails: 0, leaveUntil: 0, isOverruled: false },
}

const isDown = ({ fails, isOverruled }: Known): boolean => fails > 1 && !isOverruled

/** Looks at each service now and then; while it works for the steps, or is being looked at anyway, that is enough. */
export function createServiceWatch(ports: Ports) {
  const { clock } = ports
  const known = new Map<string, Known>()
  const sleeping = new Map<string, AbortController>()
  const startedAt = clock.elapsed()
  let stopped = false

  const knownOf = (service: string): Known => known.get(service) ?? FRESH

  const rest = async (service: string, ms: number): Promise<void> => {
    const waking = new AbortController()
    sleeping.set(service, waking)
    await clock.sleep(Math.max(0, ms), waking.signal).catch(() => undefined)
    sleeping.delete(service)
  }

  /** Milliseconds until it is looked at next; none when that is due. */
  const untilDue = (service: string): number => {
    const { fails, upAt, lookedAt, leaveUntil } = knownOf(service)
    const passed = clock.elapsed()
    const incident = ports.incidentOf(service)
    // An incident has its own times, by a clock that people may set.
    if (incident?.status === 'open') {
      const latest = Math.max(lookedAt, startedAt) + MOST_APART_MS - passed
      return Math.max(Math.min((incident.nextProbe ?? 0) - clock.now(), latest), leaveUntil - passed)
    }
    if (fails === 1) return Math.max(lookedAt + SURE_MS, leaveUntil) - passed
    return Math.max(upAt + ports.everyMs(), lookedAt + ports.everyMs(), leaveUntil) - passed
  }

  const note = (service: string, looked: Looked, isHeld: boolean): void => {
    const before = knownOf(service)
    const now = clock.elapsed()
    const heard = { ...before, lookedAt: now, at: clock.now(), fails: 0, leaveUntil: 0 }
    if (looked.kind === 'not-asked') known.set(service, { ...before, lookedAt: now })
    const well = { ...heard, upAt: now }
    if (looked.kind === 'answers') known.set(service, { ...well, state: 'up', detail: null })
    if (looked.kind === 'refuses') known.set(service, { ...well, state: 'troubled', detail: looked.failure.message })
    if (looked.kind !== 'fails') return
    const fails = before.fails + 1
    const state = fails > 1 || isHeld ? 'down' : 'troubled'
    const leaveUntil = now + (looked.retryAfterMs ?? 0)
    known.set(service, { ...heard, state, detail: looked.failure.message, fails, leaveUntil })
  }

  const look = async ({ service, probe }: WatchedService): Promise<Looked> => {
    const purpose = { key: `probe/${service}`, run: null, step: null, earlierCalls: false, bare: true }
    const scope = { team: ports.team, actor: PROBE, subjects: [], urgent: true, purpose, tries: ONCE }
    try {
      await ports.egress.call({ operation: probe, input: {}, scope })
      return { kind: 'answers' }
    } catch (error) {
      if (!(error instanceof PurserError)) throw error
      const failure = toStepFailure(error)
      if (failure.service === null) return { kind: 'not-asked' }
      if (causeOf(failure) === null) return { kind: 'refuses', failure }
      return { kind: 'fails', failure, retryAfterMs: error instanceof RetryLater ? error.retryAfterMs : null }
    }
  }

  /** On disk first: what a restart finds is what counts. */
  const countAgain = async (service: string): Promise<void> => {
    if (!knownOf(service).isOverruled) return
    await ports.onAnswered(service)
    known.set(service, { ...knownOf(service), isOverruled: false })
  }

  const watch = async (watched: WatchedService): Promise<void> => {
    const { service } = watched
    while (!stopped) {
      await rest(service, untilDue(service))
      if (stopped) return
      if (untilDue(service) > 0) continue
      const incident = ports.incidentOf(service)
      const isOpen = incident?.status === 'open'
      const looked = await look(watched)
      note(service, looked, isOpen)
      if (looked.kind === 'answers' || looked.kind === 'refuses') await countAgain(service)
      if (looked.kind === 'not-asked') await rest(service, ports.everyMs())
      else if (isOpen) await ports.onProbed(incident, looked)
      else if (looked.kind === 'fails' && isDown(knownOf(service))) await ports.onDown(service, looked.failure)
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
    /** `overruled`: services whose looks somebody has overruled before. */
    start(overruled: readonly string[]): void {
      for (const service of overruled) known.set(service, { ...knownOf(service), isOverruled: true })
      for (const watched of ports.services) forEver(watched)
    },
    /** A step's call of it was done. */
    worked(service: string): void {
      const before = knownOf(service)
      const heard = { state: 'up', detail: null, at: clock.now(), upAt: clock.elapsed() } as const
      known.set(service, { ...before, ...heard, fails: 0, leaveUntil: 0 })
    },
    /** Looks as soon as it may: an incident was opened, or somebody wants to know, also where it asked to be left alone. */
    wake(service: string, { isAsked, isOverruled }: Woken): void {
      const before = knownOf(service)
      if (isAsked) known.set(service, { ...before, leaveUntil: 0 })
      if (isOverruled) known.set(service, { ...before, isOverruled: true })
      sleeping.get(service)?.abort(new Error('woken'))
    },
    health: (): ServiceHealth[] =>
      ports.services.map(({ service, title }) => {
        const { state, detail, at } = knownOf(service)
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
