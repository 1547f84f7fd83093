import type { Store } from '../../db/store.ts'
import type { Clock } from '../clock.ts'
import type { AlertCase, Found } from '../domain/alert.ts'
import { nextFire } from '../domain/cron.ts'
import type { Ids, TeamId } from '../domain/ids.ts'
import { createTrueAges, type TrueAges } from '../domain/true-ages.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { RulesBook } from '../rules/rules.ts'
import type { SubjectKeys } from '../secrets/subject-keys.ts'
import type { RunningEngine } from './create-engine.ts'
import type { WorkflowDefinition } from './define-workflow.ts'
import { gatherAlerts } from './gather-alerts.ts'
import { tellAlert } from './tell-alerts.ts'
import { createAttemptWatch } from './watch-attempts.ts'
import { overdueItems } from './watch-inbox.ts'

/** Milliseconds between two looks. */
const LOOK_MS = 15_000
/** Milliseconds after which what should have happened counts as not happening; with the look, under a minute. */
const LATE_MS = 30_000
/** Of a kind that are looked at, oldest first. */
const MOST = 5_000

interface Options {
  store: Pick<
    Store,
    | 'run'
    | 'idleRuns'
    | 'longAttempts'
    | 'dueRuns'
    | 'overdueAwaited'
    | 'inboxHeads'
    | 'schedules'
    | 'openAlerts'
    | 'openCases'
    | 'countCases'
    | 'commit'
  >
  keys: SubjectKeys
  engine: Pick<RunningEngine, 'carries' | 'waits'>
  workflows: readonly WorkflowDefinition[]
  ledger: Pick<Ledger, 'entry'>
  rules: RulesBook
  clock: Clock
  ids: Ids
  team: TeamId
  /** Where too few people are there; null: it is not known yet. */
  outOfReach?(): readonly Found[] | null
  /** What Slack does not let Purser know of people; null: it is not known yet. */
  refusals?(): readonly Found[] | null
  /** People have set the clock. */
  onClockSet?(): void
  onStale(): void
  onError(error: unknown): void
}

/**
 * Looks, on a clock of its own, for what should have happened and did not: one alert for all of one cause, which is
 * settled when they are over. It reads what is on disk and trusts no timer of those whom it watches.
 */
export function createWatch(options: Options) {
  const { clock, onError } = options
  let cancel = (): void => {}
  let stopped = false
  let looking: Promise<void> = Promise.resolve()
  const ages = createTrueAges(clock)
  /** Since when a run has been seen idle, by the time that never jumps: between two commits one may be so for a moment. */
  const idleSince = new Map<string, number>()
  const attempts = createAttemptWatch(options)

  const look = async (): Promise<void> => {
    if (ages.look()) options.onClockSet?.()
    const when = { ages, lateMs: LATE_MS }
    const now = clock.now()
    const found = [
      ...(await standstills(options, idleSince)),
      ...(await overdue(options, { ages, now })),
      ...(await attempts.hanging(when, MOST)),
      ...overdueItems(await options.store.inboxHeads(MOST), { ...when, rules: options.rules.current() }),
    ]
    const [open, cases] = await Promise.all([options.store.openAlerts(), options.store.openCases()])
    found.push(...(await stillOverdue(options, { ages, now, cases })))
    // As long as nobody knows who is away, what was raised stands.
    found.push(...(options.refusals?.() ?? cases.filter(({ matter }) => matter.kind === 'directory-refused')))
    found.push(...(options.outOfReach?.() ?? cases.filter(({ matter }) => matter.kind === 'out-of-reach')))
    let isStale = false
    for (const move of gatherAlerts({ open, cases, found, now: clock.now(), ages })) {
      isStale = (await tellAlert({ ...options, ages }, move)) || isStale
    }
    if (isStale) options.onStale()
  }

  const run = (): Promise<void> => {
    looking = look()
      .catch(onError)
      .finally(() => {
        if (!stopped) cancel = clock.after(LOOK_MS, () => void run())
      })
    return looking
  }

  return {
    /** The first look comes later: what was due while nothing ran is being done. */
    start(): void {
      cancel = clock.after(LOOK_MS, () => void run())
    },
    async stop(): Promise<void> {
      stopped = true
      cancel()
      await looking
    },
  }
}

/** Runs that say that they go on, while nothing of them is under way. */
async function standstills({ store, clock }: Options, idleSince: Map<string, number>): Promise<Found[]> {
  const now = clock.elapsed()
  const idle = await store.idleRuns(MOST)
  const ids = new Set<string>(idle.map(({ id }) => id))
  for (const id of idleSince.keys()) if (!ids.has(id)) idleSince.delete(id)
  return idle.flatMap(({ team, id: run }): Found[] => {
    const since = idleSince.get(run) ?? now
    idleSince.set(run, since)
    const idleMs = now - since
    if (idleMs < LATE_MS) return []
    const matter = { kind: 'standstill' } as const
    return [{ team, id: `standstill/${run}`, run, step: null, matter, since: clock.now() - idleMs }]
  })
}

interface At {
  ages: TrueAges
  /** What is overdue is so at this time. */
  now: number
}

/** What was overdue before the clock was set back is not over by that. */
async function stillOverdue(
  options: Options,
  { ages, now, cases }: At & { cases: readonly AlertCase[] },
): Promise<Found[]> {
  const before = Math.max(ages.furthest(), ...cases.map(({ raisedAt }) => raisedAt))
  if (before <= now) return []
  const known = new Set(cases.map(({ team, id }) => `${team}/${id}`))
  return (await overdue(options, { ages, now: before })).filter(({ team, id }) => known.has(`${team}/${id}`))
}

/** What should have been done by now, by the clock that people set; who does it by that clock has their time when it is. */
async function overdue({ store, rules, clock, team }: Options, { ages, now }: At): Promise<Found[]> {
  const isLate = (due: number): boolean => now - due >= LATE_MS && (due > clock.now() || ages.since(due) >= LATE_MS)
  const [runs, events, states] = await Promise.all([
    store.dueRuns(now - LATE_MS, MOST),
    store.overdueAwaited(now, MOST),
    store.schedules(team),
  ])
  const { schedules } = rules.current()
  return [
    ...runs
      .filter(({ wakeAt }) => isLate(wakeAt))
      .map(
        (each): Found => ({
          ...{ team: each.team, id: `not-woken/${each.id}/${each.wakeAt}`, run: each.id, step: null },
          ...{ matter: { kind: 'not-woken' }, since: each.wakeAt },
        }),
      ),
    ...events.map(
      ({ team: of, run, step, event, since, expectedBy }): Found => ({
        ...{ team: of, id: `not-come/${run}/${step}/${since}`, run, step },
        ...{ matter: { kind: 'not-come', event }, since: expectedBy ?? since },
      }),
    ),
    ...states.flatMap(({ name, dueAt, outcome, run }): Found[] => {
      const isRefused = dueAt !== null && (outcome === 'subject-busy' || outcome === 'invalid')
      if (!isRefused || !schedules.some((rule) => rule.name === name)) return []
      const matter = { kind: 'not-started', schedule: name, dueAt, outcome } as const
      return [{ team, id: `not-started/${name}/${dueAt}`, run, step: null, matter, since: dueAt }]
    }),
    ...states.flatMap((state): Found[] => {
      const rule = schedules.find(({ name, spec }) => name === state.name && spec === state.spec)
      const dueAt = rule ? nextFire(rule.fields, rule.zone, state.dueAt ?? state.since) : null
      if (dueAt === null || !isLate(dueAt)) return []
      const matter = { kind: 'not-fired', schedule: state.name, dueAt } as const
      return [{ team, id: `not-fired/${state.name}/${dueAt}`, run: null, step: null, matter, since: dueAt }]
    }),
  ]
}
