import type { Store } from '../../db/store.ts'
import type { Alert } from '../domain/alert.ts'
import { type AttemptId, startOf } from '../domain/ids.ts'
import type { Run } from '../domain/run.ts'
import type { RulesBook } from '../rules/rules.ts'
import type { SubjectKeys } from '../secrets/subject-keys.ts'
import type { RunningEngine } from './create-engine.ts'
import { decodeRun } from './run-codec.ts'

type Found = Pick<Alert, 'team' | 'id' | 'run' | 'step' | 'matter' | 'since'>

interface Options {
  store: Pick<Store, 'longAttempts' | 'run'>
  keys: SubjectKeys
  engine: Pick<RunningEngine, 'carries'>
  rules: RulesBook
}

const MOST = 100

/** Attempts that nobody carries out, or that go on beyond what their policy gives them. */
export async function hangingAttempts(
  { store, keys, engine, rules }: Options,
  { now, lateMs }: { now: number; lateMs: number },
): Promise<Found[]> {
  const found: Found[] = []
  for (const { team, id } of await store.longAttempts(now - lateMs, MOST)) {
    // As it is on disk: its mailbox may be what hangs.
    const row = await store.run(team, id)
    const run = row && decodeRun(row, keys)
    if (!run) continue
    const policies = await rules.at(run.rules).catch(() => rules.current())
    for (const { step, attempt } of attemptsOf(run)) {
      const { timeoutMs } = policies.policy(run.workflow, step)
      const carried = engine.carries(attempt)
      const since = startOf(attempt) + (carried ? timeoutMs : 0)
      if (now - since < lateMs) continue
      const matter = { kind: 'attempt-hangs', carried, timeoutMs } as const
      found.push({ team, id: `hangs/${attempt}`, run: run.id, step, matter, since })
    }
  }
  return found
}

const attemptsOf = ({ steps }: Run): { step: Run['steps'][number]['key']; attempt: AttemptId }[] =>
  steps.flatMap(({ key: step, ...state }) => [
    ...(state.status === 'running' ? [{ step, attempt: state.attempt }] : []),
    ...(state.escalation?.status === 'opening' ? [{ step, attempt: state.escalation.attempt }] : []),
  ])
