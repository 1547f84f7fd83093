import type { Store } from '../../db/store.ts'
import type { Clock } from '../clock.ts'
import { type Actor, actorText } from '../domain/actor.ts'
import { firesBetween, nextFire } from '../domain/cron.ts'
import type { Ids, TeamId } from '../domain/ids.ts'
import type { ScheduleState } from '../domain/inbox-item.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { RulesBook, ScheduleRule } from '../rules/rules.ts'
import type { Engine, StartAnswer } from './decisions.ts'

/** Milliseconds between two looks; rules may have changed, and clocks may have been set. */
const LOOK_MS = 15_000
/** A time that is found so much later was missed: nothing ran then. */
const MISSED_MS = 60_000

interface Options {
  store: Pick<Store, 'schedules' | 'commit'>
  ledger: Pick<Ledger, 'entry'>
  rules: Pick<RulesBook, 'current'>
  engine: Pick<Engine, 'start'>
  clock: Clock
  ids: Ids
  team: TeamId
  onError(error: unknown): void
}

/**
 * Starts what the rules start by the clock: each of a schedule's times is one run, named after it, so that a time that
 * is fired twice starts once. The last time dealt with is on disk.
 */
export function createScheduler(options: Options) {
  const { store, rules, clock, team, onError } = options
  let cancel = (): void => {}
  let stopped = false

  const look = async (): Promise<void> => {
    const states = new Map((await store.schedules(team)).map((state) => [state.name, state]))
    for (const rule of rules.current().schedules) {
      const state = states.get(rule.name)
      // One that cannot be started does not hold up the others.
      await (state?.spec === rule.spec ? fireDue(options, rule, state) : begin(options, rule)).catch(onError)
    }
  }

  const again = (): void => {
    if (stopped) return
    const now = clock.now()
    const next = rules.current().schedules.map(({ fields, zone }) => nextFire(fields, zone, now) ?? now + LOOK_MS)
    cancel = clock.after(Math.min(LOOK_MS, ...next.map((at) => at - now)), () => void run())
  }
  let running: Promise<void> = Promise.resolve()
  const run = (): Promise<void> => {
    running = look().catch(onError).finally(again)
    return running
  }

  return {
    start: run,
    async stop(): Promise<void> {
      stopped = true
      cancel()
      await running
    },
  }
}

/** A schedule that is new, or fires at other times now: no time before this counts as missed. */
async function begin(options: Options, rule: ScheduleRule): Promise<void> {
  const { store, clock, team } = options
  const known = { team, name: rule.name, spec: rule.spec, since: clock.now() }
  await store.commit({
    at: clock.now(),
    entries: [],
    schedule: { ...known, dueAt: null, firedAt: null, outcome: null, run: null },
  })
}

async function fireDue(options: Options, rule: ScheduleRule, state: ScheduleState): Promise<void> {
  const now = options.clock.now()
  const { times } = firesBetween(rule, { from: state.dueAt ?? state.since, until: now }, 1)
  const [dueAt] = times
  if (dueAt === undefined) return
  if (now - dueAt > MISSED_MS && rule.missed === 'skip') {
    return await settle(options, { ...state, dueAt, firedAt: now, outcome: 'skipped', run: null })
  }
  const answer = await options.engine.start({
    team: options.team,
    workflow: rule.workflow,
    input: rule.inputAt(dueAt),
    actor: actorOf(rule.name),
    startKey: `schedule/${rule.name}/${dueAt}`,
  })
  // Paused, say: it is tried again, and is late until then.
  if (answer.kind === 'refused') return
  const run = 'run' in answer ? answer.run.id : null
  await settle(options, { ...state, dueAt, firedAt: now, outcome: outcomeOf(answer), run })
}

const outcomeOf = (answer: StartAnswer): string => (answer.kind === 'already-started' ? 'started' : answer.kind)

const actorOf = (name: string): Actor => ({ kind: 'machine', part: 'schedule', name })

async function settle({ store, ledger, clock, ids, team }: Options, state: ScheduleState): Promise<void> {
  const at = clock.now()
  const entry = ledger.entry({
    id: ids.entry(),
    at,
    team,
    kind: state.outcome === 'started' ? 'schedule.fired' : 'schedule.skipped',
    actor: actorText(actorOf(state.name)),
    subjects: [],
    ...(state.run ? { run: state.run } : {}),
    facts: { schedule: state.name, due: state.dueAt ?? 0, outcome: state.outcome ?? '' },
  })
  await store.commit({ at, entries: [entry], schedule: state })
}
