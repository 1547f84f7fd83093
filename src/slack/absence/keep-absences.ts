import type { Store } from '../../../db/store.ts'
import type { Clock } from '../../clock.ts'
import type { Absence, SaidAbsence, Whereabouts } from '../../domain/absence.ts'
import { standInFor } from '../../domain/absence.ts'
import { actorText, person } from '../../domain/actor.ts'
import type { Found } from '../../domain/alert.ts'
import { PurserError } from '../../domain/errors.ts'
import type { Ids, RunId, TeamId, UserId } from '../../domain/ids.ts'
import type { Run } from '../../domain/run.ts'
import type { Asked } from '../../domain/wait.ts'
import type { RunningEngine } from '../../engine/create-engine.ts'
import type { Ledger } from '../../ledger/ledger.ts'
import type { RulesBook } from '../../rules/rules.ts'
import { everyPage } from '../ask/list-runs.ts'
import type { WholeDirectory } from '../directory.ts'
import { findWhereabouts } from './find-whereabouts.ts'
import { createPeopleBook } from './people-book.ts'
import { whatMoved } from './what-moved.ts'
import { type Matters, outOfReachIn, whoIsNamed, whoMatters } from './who-matters.ts'

/** Milliseconds between two looks who has left and what statuses say. */
const SYNC_MS = 600_000
/** Where Slack did not answer about somebody. */
const AGAIN_MS = 60_000
/** Runs that begin to ask at about the same time are looked at together. */
const TOGETHER_MS = 100
const PAGE = 200
/** Somebody is here again so long, where nobody knows how long what says otherwise lasts. */
const HERE_MS = 86_400_000

interface Options {
  store: Pick<Store, 'runs' | 'absences' | 'commit'>
  engine: Pick<RunningEngine, 'run' | 'reroute'>
  directory: Pick<WholeDirectory, 'people' | 'byAddress' | 'membersOf'>
  ledger: Pick<Ledger, 'entry'>
  rules: RulesBook
  clock: Clock
  ids: Ids
  team: TeamId
  onError(error: unknown): void
}

/** What people say of themselves, and what comes of it. */
export interface Absences {
  /** Somebody is away; answers with who is asked in their place, null when nobody is. */
  away(said: SaidAbsence): Promise<Asked | null>
  /** Somebody is back; answers with what they were, null when they were here. */
  back(team: TeamId, user: UserId): Promise<Absence | null>
  /** As far as it is known now; null: they are here. */
  of(user: UserId): Absence | null
  /** Who is asked in the place of somebody who is away; null when nobody is. */
  standIn(user: UserId): Asked | null
}

export interface KeptAbsences {
  absences: Absences
  /** A run asks people, or no longer does. */
  onPeople(run: Run): void
  /** Other rules hold. */
  onRules(): void
  /** Where too few people are there; null: it is not known yet. */
  outOfReach(): readonly Found[] | null
  start(): void
  /** Resolves when what is known has been told. */
  idle(): Promise<void>
  stop(): Promise<void>
}

/**
 * Keeps open runs up to date about who is away: at the start, when a run begins to ask, when rules change, when somebody
 * says so, when a time comes, and by a look at Slack every ten minutes. What came of it stands in the runs themselves.
 */
export function keepAbsences(options: Options): KeptAbsences {
  const { store, engine, rules, clock, team, onError } = options
  const book = createPeopleBook(options)
  const open = new Map<RunId, { matters: Matters; found: readonly Found[] }>()
  /** Runs that have moved and were not told yet who is away. */
  const fresh = new Set<RunId>()
  let where: Whereabouts | null = null
  let said: readonly SaidAbsence[] = []
  let rulesVersion = -1
  let syncedAt = Number.NEGATIVE_INFINITY
  let state: 'shut' | 'open' | 'stopped' = 'shut'
  let cancel = (): void => {}
  let setFor = Number.POSITIVE_INFINITY
  let working: Promise<void> = Promise.resolve()
  let isSettled = false

  const see = (run: Run): void => {
    const matters = whoMatters(run)
    if (!matters) open.delete(run.id)
    else open.set(run.id, { matters, found: where ? outOfReachIn(run, where, clock.now()) : [] })
  }

  const lookAt = (at: number): void => {
    if (state !== 'open' || at >= setFor) return
    cancel()
    setFor = at
    cancel = clock.after(Math.max(0, at - clock.now()), () => void look())
  }

  const look = (): Promise<void> => {
    setFor = Number.POSITIVE_INFINITY
    working = working.then(update).catch((error: unknown) => {
      onError(error)
      lookAt(clock.now() + AGAIN_MS)
    })
    return working
  }

  /** Learns what has to be known, and tells the runs that it concerns. */
  const update = async (): Promise<void> => {
    if (state !== 'open') return
    const current = rules.current()
    const now = clock.now()
    const isSync = now >= syncedAt + SYNC_MS || current.version !== rulesVersion
    const all = [whoIsNamed(current.absences, said), ...[...open.values()].map(({ matters }) => matters)]
    const isWhole = await book.learn(all, { again: isSync })
    if (isSync) syncedAt = now
    rulesVersion = current.version
    const found = findWhereabouts({ ...book.known, said }, current, clock.now())
    const before = where
    where = found.where
    const moved = whatMoved(before, where)
    for (const [id, { matters }] of [...open]) {
      if (moved(matters)) fresh.add(id)
    }
    await tellAll([...fresh])
    isSettled = true
    lookAt(Math.min(syncedAt + SYNC_MS, found.nextAt ?? Number.POSITIVE_INFINITY))
    if (!isWhole) lookAt(clock.now() + AGAIN_MS)
    if (fresh.size > 0) lookAt(clock.now() + TOGETHER_MS)
  }

  /** One that moves while it is told is told again; one that could not be told stays among those to be. */
  const tellAll = async (ids: readonly RunId[]): Promise<void> => {
    for (const id of ids) {
      fresh.delete(id)
      if (!open.has(id)) continue
      try {
        await tell(id)
      } catch (error) {
        fresh.add(id)
        throw error
      }
    }
  }

  const tell = async (id: RunId): Promise<void> => {
    if (!where) return
    await engine.reroute(team, id, where)
    const run = await engine.run(team, id)
    if (run) see(run)
    else open.delete(id)
  }

  const readOpen = (filter: Parameters<Store['runs']>[0]): Promise<void> =>
    everyPage(store.runs, { filter, page: PAGE }, async (rows) => {
      for (const { id } of rows) {
        const run = await engine.run(team, id)
        if (run) see(run)
        if (open.has(id)) fresh.add(id)
      }
    })

  const say = async (change: SaidAbsence | null, user: UserId): Promise<void> => {
    const at = clock.now()
    const entry = options.ledger.entry({
      ...{ id: options.ids.entry(), at, team, kind: change && !change.here ? 'absence.said' : 'absence.ended' },
      ...{ actor: actorText(person(team, user)), subjects: [] },
      facts: change ? factsOf(change) : {},
    })
    const absence = change ? ({ kind: 'away', absence: change } as const) : ({ kind: 'back', team, user } as const)
    await store.commit({ at, entries: [entry], absence })
    said = await store.absences(team)
    await look()
  }

  const start = async (): Promise<void> => {
    said = await store.absences(team)
    await readOpen({ team, asking: true })
    await readOpen({ team, owing: true })
    await readOpen({ team, statuses: ['blocked'] })
    await update()
  }

  const absences: Absences = {
    async away(change) {
      await say(change, change.user)
      return where && standInFor(change.user, { ...where, away: asAway(where, change) }, () => false)
    },
    async back(_team, user) {
      const before = where?.away.get(user) ?? null
      const isMeant = before !== null && before.why !== 'said' && before.why !== 'deactivated'
      const until = before?.until ?? clock.now() + HERE_MS
      const here = { team, user, from: clock.now(), until, to: null, here: true }
      const hasSaid = said.some((each) => each.user === user)
      if (isMeant || hasSaid) await say(isMeant ? here : null, user)
      // What the rules or their status say besides comes to light only now.
      const still = where?.away.get(user)
      if (still && still.why !== 'deactivated') await say({ ...here, until: still.until ?? here.until }, user)
      return before
    },
    of: (user) => where?.away.get(user) ?? null,
    standIn: (user) => where && standInFor(user, where, () => false),
  }

  return {
    absences,
    onPeople(run) {
      see(run)
      if (!open.has(run.id)) return
      fresh.add(run.id)
      lookAt(clock.now() + TOGETHER_MS)
    },
    onRules: () => lookAt(clock.now()),
    outOfReach: () => (isSettled ? [...open.values()].flatMap(({ found }) => found) : null),
    start() {
      state = 'open'
      working = start().catch((error: unknown) => {
        onError(error)
        if (error instanceof PurserError) lookAt(clock.now() + AGAIN_MS)
      })
    },
    idle: () => working,
    async stop() {
      state = 'stopped'
      cancel()
      await working
    },
  }
}

const factsOf = ({ from, until, to }: SaidAbsence) => ({
  from,
  ...(until === null ? {} : { until }),
  ...(to ? { to } : {}),
})

/** As it will be: somebody may say today that they are away from tomorrow on. */
const asAway = ({ away }: Whereabouts, { user, until, to }: SaidAbsence): ReadonlyMap<UserId, Absence> =>
  new Map([...away, [user, { user, why: 'said', until, to: to ?? away.get(user)?.to ?? null }]])
