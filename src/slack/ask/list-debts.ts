import type { DebtInAnswer } from '../../../views/answers/debt-list.ts'
import type { TeamId } from '../../domain/ids.ts'
import { openDebts } from '../../domain/run.ts'
import type { HandlerPorts } from '../handler.ts'
import type { Sight } from '../sight.ts'
import { decoded } from './find-runs.ts'
import { withOutlines } from './list-runs.ts'

const MOST_RUNS = 500

/** What skips left and nobody has closed, those due first. */
export async function listDebts(
  ports: Pick<HandlerPorts, 'store' | 'engine' | 'workflows'>,
  { team, rows }: { team: TeamId; rows: Sight['rows'] },
): Promise<DebtInAnswer[]> {
  const seen = await rows(await ports.store.runs({ team, owing: true }, MOST_RUNS))
  const runs = withOutlines(ports, await decoded(ports, seen))
  return runs
    .flatMap(({ run, outline }) => openDebts(run).map((debt) => ({ run, outline, debt })))
    .sort((one, other) => one.debt.due - other.debt.due)
}
