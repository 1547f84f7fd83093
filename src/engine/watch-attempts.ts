import type { Store } from '../../db/store.ts'
import type { Clock } from '../clock.ts'
import type { Found } from '../domain/alert.ts'
import { type AttemptId, type StepKey, startOf, type TeamId } from '../domain/ids.ts'
import type { Run } from '../domain/run.ts'
import type { TrueAges } from '../domain/true-ages.ts'
import type { RulesBook } from '../rules/rules.ts'
import type { SubjectKeys } from '../secrets/subject-keys.ts'
import type { RunningEngine } from './create-engine.ts'
import type { WorkflowDefinition } from './define-workflow.ts'
import { definitionOf } from './definition-of.ts'
import { decodeRun } from './run-codec.ts'

interface Options {
  store: Pick<Store, 'longAttempts' | 'run'>
  keys: SubjectKeys
  engine: Pick<RunningEngine, 'carries' | 'waits'>
  workflows: readonly WorkflowDefinition[]
  rules: RulesBook
  clock: Clock
}

interface When {
  ages: Pick<TrueAges, 'since' | 'furthest'>
  lateMs: number
}

/** What is said of an attempt when its run is read. */
interface Known {
  team: TeamId
  run: Run['id']
  step: StepKey
  timeoutMs: number
  services: string[]
}

/** Runs that are read before others have their turn. */
const AT_ONCE = 50

/** Finds attempts that nobody carries out, or that go on beyond what their policy gives them; a run is read once for each. */
export function createAttemptWatch({ store, keys, engine, workflows, rules, clock }: Options) {
  let known = new Map<AttemptId, Known>()

  const read = async (team: TeamId, id: Run['id']): Promise<(readonly [AttemptId, Known])[]> => {
    // As it is on disk: its mailbox may be what hangs.
    const row = await store.run(team, id)
    const run = row && decodeRun(row, keys)
    if (!run) return []
    const policies = await rules.at(run.rules).catch(() => rules.current())
    const definition = workflows.find(({ name }) => name === run.workflow)
    return attemptsOf(run).map(({ step, attempt }) => {
      const { timeoutMs } = policies.policy(run.workflow, step)
      const definedAs = definition && definitionOf(definition, step)
      const services = definedAs?.kind === 'step' ? definedAs.uses.map(({ service }) => service) : []
      return [attempt, { team, run: id, step, timeoutMs, services }] as const
    })
  }

  return {
    async hanging({ ages, lateMs }: When, most: number): Promise<Found[]> {
      // What began before the clock was set back lies in the future.
      const rows = await store.longAttempts(ages.furthest() - lateMs, most)
      const unread = rows.filter(({ attempts }) => attempts.some((attempt) => !known.has(attempt)))
      const next = new Map<AttemptId, Known>()
      for (const [index, { team, id }] of unread.entries()) {
        if (index % AT_ONCE === AT_ONCE - 1) await clock.sleep(0)
        for (const [attempt, about] of await read(team, id)) next.set(attempt, about)
      }
      for (const attempt of rows.flatMap(({ attempts }) => attempts)) {
        const about = known.get(attempt)
        if (about && !next.has(attempt)) next.set(attempt, about)
      }
      known = next
      return [...known].flatMap(([attempt, about]) => hangingNow(engine, { attempt, about, ages, lateMs }))
    },
  }
}

function hangingNow(
  engine: Options['engine'],
  { attempt, about, ages, lateMs }: { attempt: AttemptId; about: Known } & When,
): Found[] {
  const { team, run, step, timeoutMs, services } = about
  const carried = engine.carries(attempt)
  const mayTakeMs = carried ? timeoutMs : 0
  if (ages.since(startOf(attempt)) - mayTakeMs < lateMs) return []
  const since = startOf(attempt) + mayTakeMs
  const matter = { kind: 'attempt-hangs', carried, timeoutMs, services, waits: engine.waits(attempt) } as const
  return [{ team, id: `hangs/${attempt}`, run, step, matter: { ...matter, services: [...services] }, since }]
}

const attemptsOf = ({ steps }: Run): { step: StepKey; attempt: AttemptId }[] =>
  steps.flatMap(({ key: step, ...state }) => [
    ...(state.status === 'running' ? [{ step, attempt: state.attempt }] : []),
    ...(state.escalation?.status === 'opening' ? [{ step, attempt: state.escalation.attempt }] : []),
  ])
