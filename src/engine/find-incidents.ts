import type { Store } from '../../db/store.ts'
import type { Clock } from '../clock.ts'
import { causeOf } from '../domain/cause.ts'
import type { Hold, HoldOf } from '../domain/hold.ts'
import type { Ids, RunId, StepKey, TeamId } from '../domain/ids.ts'
import { type Run, type StepFailure, stepOf } from '../domain/run.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { RulesBook } from '../rules/rules.ts'
import { isGivenUp, newIncident, reopened } from './decide-hold.ts'
import type { RunEvent } from './events.ts'
import type { HoldBook } from './hold-book.ts'
import { createEvidence, LASTING_MS } from './incident-evidence.ts'

interface Ports {
  book: HoldBook
  store: Pick<Store, 'entries'>
  ledger: Ledger
  rules: RulesBook
  clock: Clock
  ids: Ids
  post(team: TeamId, run: RunId, event: RunEvent): Promise<unknown>
  /** An incident was opened, or came back. */
  onOpened(hold: HoldOf<'incident'>): void
  onError(error: unknown): void
}

/** Sees when many steps fail of one cause, and makes one incident of them. */
export function createIncidentFinder(ports: Ports) {
  const { book, clock, rules } = ports
  const evidence = createEvidence()
  /** What came of the steps that went on since a release began, by hold. */
  const since = new Map<string, { release: number; failed: number; succeeded: number }>()
  /** Looks to come, one for the failures of a second at a service: thousands may fail in it. */
  const timers = new Map<string, () => void>()

  const incidentOf = (team: TeamId, service: string): HoldOf<'incident'> | null => {
    const hold = book
      .standing()
      .find((each) => each.kind === 'incident' && each.team === team && isOver(each.scope, service))
    return hold?.kind === 'incident' ? hold : null
  }

  /** Opens the incident, once however many see it, and takes those in that fail already. */
  const open = async (about: { team: TeamId; service: string }, { steps, ...found }: Found): Promise<void> => {
    const { team, service } = about
    const scope = { of: 'service', service } as const
    const fresh = newIncident({ id: ports.ids.hold(), team, scope, now: clock.now() }, found)
    const { kind, hold } = await book.open(fresh)
    if (kind === 'stands' || hold.kind !== 'incident') return
    ports.onOpened(hold)
    const runs = new Set(steps.map(({ run }) => run))
    await Promise.all(
      [...runs].map((run) => ports.post(team, run, { kind: 'incident', hold: hold.id }).catch(ports.onError)),
    )
  }

  const look = (team: TeamId, service: string): void => {
    if (incidentOf(team, service)) return
    const found = evidence.verdict(team, service, { rule: rules.current().incidents, now: clock.now() })
    if (!found) return
    evidence.take(team, service)
    open({ team, service }, found).catch(ports.onError)
  }

  const lookLater = (team: TeamId, service: string): void => {
    const key = `${team}/${service}/${Math.ceil(clock.now() / 1_000)}`
    if (timers.has(key)) return
    const cancel = clock.after(LASTING_MS + 1_000, () => {
      timers.delete(key)
      look(team, service)
    })
    timers.set(key, cancel)
  }

  const cameBack = (hold: HoldOf<'incident'>, failure: StepFailure): void => {
    const now = clock.now()
    book
      .change(hold.id, (each) => (canComeBack(each) ? reopened(each, { failure, now }) : null))
      .then((opened) => {
        if (opened?.kind === 'incident') ports.onOpened(opened)
      })
      .catch(ports.onError)
  }

  const tally = (hold: HoldOf<'incident'>) => {
    const release = hold.release?.at ?? 0
    const known = since.get(hold.id)
    if (known?.release === release) return known
    const fresh = { release, failed: 0, succeeded: 0 }
    since.set(hold.id, fresh)
    return fresh
  }

  const failed = (
    run: Run,
    { step, failure, isLasting }: { step: StepKey; failure: StepFailure; isLasting: boolean },
  ) => {
    const cause = causeOf(failure)
    const { service } = failure
    if (cause === null || service === null || !Number.isFinite(rules.current().incidents.steps)) return
    const incident = incidentOf(run.team, service)
    if (incident) {
      const before = stepOf(run, step)
      const startedAt = before?.status === 'running' ? before.startedAt : 0
      // What began before the release says nothing about how the service is since.
      if (!canComeBack(incident) || !incident.release || startedAt < incident.release.at) return
      const counts = tally(incident)
      counts.failed += 1
      if (counts.failed > counts.succeeded) cameBack(incident, failure)
      return
    }
    const { team, id } = run
    evidence.fails(service, { team, run: id, step, cause, failure, since: clock.now(), isLasting })
    if (isLasting) look(team, service)
    else lookLater(team, service)
  }

  return {
    onChanged(run: Run, events: readonly RunEvent[]): void {
      for (const event of events) {
        if (event.kind === 'tries-failing') failed(run, { ...event, isLasting: false })
        if (event.kind === 'attempt-failed') failed(run, { ...event, isLasting: true })
        if (event.kind !== 'attempt-succeeded') continue
        const called = new Set(event.calls.map(({ service }) => service))
        evidence.succeeds({ team: run.team, run: run.id, step: event.step }, [...called])
        for (const service of called) {
          const incident = incidentOf(run.team, service)
          if (incident?.status === 'releasing') tally(incident).succeeded += 1
        }
      }
    },
    incidentOf,
    /** A look at the service failed twice in a row: an incident says so, unless the cards of failing steps do. */
    async serviceIsDown(team: TeamId, service: string, failure: StepFailure): Promise<void> {
      const rule = rules.current().incidents
      if (!Number.isFinite(rule.steps)) return
      const incident = incidentOf(team, service)
      if (incident && canComeBack(incident)) cameBack(incident, failure)
      // Too few steps for an incident, and their own cards say it: nobody is called twice for one cause.
      if (incident || evidence.isFresh(team, service, { rule, now: clock.now() })) return
      const steps = evidence.take(team, service)
      await open({ team, service }, { cause: causeOf(failure) ?? 'failing', failure, steps, wasLooked: true })
    },
    /** What the ledger knows to fail counts also after a restart, and what an incident has missed is taken in. */
    async start(teams: readonly TeamId[]): Promise<void> {
      for (const team of teams) await recall(team)
    },
    stop(): void {
      for (const cancel of timers.values()) cancel()
    },
  }

  /** What fails is known only when all is read: a step that failed may have succeeded since, or its incident be over. */
  async function recall(team: TeamId): Promise<void> {
    const from = clock.now() - rules.current().incidents.withinMs
    const entries = await ports.store.entries({ team, kinds: RECALLED_KINDS, since: from }, null, RECALLED)
    const failing = new Map<string, { run: RunId; service: string }>()
    for (const entry of entries.reverse()) {
      const { run, step, kind, service, at, facts } = entry.core
      if (kind === 'hold.opened' && facts?.kind === 'incident' && service) evidence.take(team, service)
      if (!run || !step) continue
      const key = `${run}/${step}`
      failing.delete(key)
      if (kind === 'step.succeeded') {
        evidence.succeeds({ team, run, step }, [])
        continue
      }
      const failure = failureIn(ports.ledger, entry)
      const cause = failure && causeOf(failure)
      if (!cause || !service) continue
      evidence.fails(service, { team, run, step, cause, failure, since: at, isLasting: true })
      failing.set(key, { run, service })
    }
    for (const { run, service } of failing.values()) {
      const incident = incidentOf(team, service)
      if (incident) ports.post(team, run, { kind: 'incident', hold: incident.id }).catch(ports.onError)
    }
    for (const service of new Set([...failing.values()].map((each) => each.service))) look(team, service)
  }
}

const RECALLED_KINDS = ['step.backing-off', 'step.failed', 'step.succeeded', 'hold.opened']
const RECALLED = 1_000

interface Found {
  cause: HoldOf<'incident'>['cause']
  failure: StepFailure
  /** Those that fail of it already. */
  steps: readonly RunOf[]
  wasLooked?: boolean
}

interface RunOf {
  run: RunId
}

const isOver = (scope: Hold['scope'], service: string): boolean => scope.of === 'service' && scope.service === service

/** What somebody has given up, or has not yet let go on, does not come back. */
const canComeBack = (hold: Hold): hold is HoldOf<'incident'> =>
  hold.kind === 'incident' && hold.status === 'releasing' && !isGivenUp(hold)

const CONSEQUENCES = ['retry', 'permanent', 'unknown', 'person', 'mistake'] as const

function failureIn(ledger: Ledger, entry: Parameters<Ledger['open']>[0]): StepFailure | null {
  const { facts = {}, service = null, operation = null, status = null } = entry.core
  const opened = ledger.open(entry)
  const body = opened.kind === 'open' ? opened.body : {}
  const consequence = CONSEQUENCES.find((each) => each === facts.consequence)
  if (!consequence) return null
  const text = (value: unknown): string => (typeof value === 'string' ? value : '')
  return {
    consequence,
    code: text(facts.code),
    message: text(body.message),
    hint: text(body.hint),
    service,
    operation,
    status,
  }
}
