import type { RunInAnswer } from '../../../views/answers/status-answer.ts'
import type { TeamId } from '../../domain/ids.ts'
import type { Run, RunStatus } from '../../domain/run.ts'
import type { HandlerPorts } from '../handler.ts'
import { decoded } from './find-runs.ts'

interface Wanted {
  team: TeamId
  statuses: readonly RunStatus[]
  /** Whether runs of a workflow are wanted. */
  of(workflow: string): boolean
}

const MOST_RUNS = 100

/** Runs in these states, newest first. */
export async function listRuns(
  ports: Pick<HandlerPorts, 'store' | 'engine' | 'workflows'>,
  { team, statuses, of }: Wanted,
): Promise<RunInAnswer[]> {
  const rows = await ports.store.runs({ team, statuses }, MOST_RUNS)
  const wanted = rows.filter(({ workflow }) => of(workflow))
  return withOutlines(ports, await decoded(ports, wanted))
}

/** Runs with the words and edges of their workflows; those of workflows that are gone are left out. */
export const withOutlines = ({ workflows }: Pick<HandlerPorts, 'workflows'>, runs: readonly Run[]): RunInAnswer[] =>
  runs.flatMap((run) => {
    const outline = workflows.find(({ name }) => name === run.workflow)?.outline
    return outline ? [{ run, outline }] : []
  })
