import type { StoredRun } from '../../../db/store.ts'
import type { RunInAnswer } from '../../../views/answers/status-answer.ts'
import type { TeamId } from '../../domain/ids.ts'
import type { Run } from '../../domain/run.ts'
import type { RunStatus } from '../../domain/run-status.ts'
import type { HandlerPorts } from '../handler.ts'
import { decoded } from './find-runs.ts'

interface Wanted {
  team: TeamId
  statuses: readonly RunStatus[]
  /** Those of the rows that are wanted. */
  rows(rows: readonly StoredRun[]): Promise<StoredRun[]>
}

const MOST_RUNS = 100

/** Runs in these states, newest first. */
export async function listRuns(
  ports: Pick<HandlerPorts, 'store' | 'engine' | 'workflows'>,
  { team, statuses, rows }: Wanted,
): Promise<RunInAnswer[]> {
  const all = await ports.store.runs({ team, statuses }, MOST_RUNS)
  return withOutlines(ports, await decoded(ports, await rows(all)))
}

/** Rows of the workflows that fit. */
export const ofWorkflows =
  (fits: (workflow: string) => boolean) =>
  async (rows: readonly StoredRun[]): Promise<StoredRun[]> =>
    rows.filter(({ workflow }) => fits(workflow))

/** Runs with the words and edges of their workflows; those of workflows that are gone are left out. */
export const withOutlines = ({ workflows }: Pick<HandlerPorts, 'workflows'>, runs: readonly Run[]): RunInAnswer[] =>
  runs.flatMap((run) => {
    const outline = workflows.find(({ name }) => name === run.workflow)?.outline
    return outline ? [{ run, outline }] : []
  })
