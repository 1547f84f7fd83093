import type { DebtInAnswer } from '../../../views/answers/debt-list.ts'
import type { TeamId } from '../../domain/ids.ts'
import { openDebts } from '../../domain/run.ts'
import type { HandlerPorts } from '../handler.ts'
import type { Sight } from '../sight.ts'
import { findInRuns } from './list-runs.ts'

/** What skips left and nobody has closed, those due first. */
export async function listDebts(
  ports: Pick<HandlerPorts, 'store' | 'engine' | 'workflows'>,
  { team, sight }: { team: TeamId; sight: Pick<Sight, 'row'> },
): Promise<DebtInAnswer[]> {
  const debts = await findInRuns(ports, { filter: { team, owing: true }, isSeen: sight.row }, ({ run, outline }) =>
    openDebts(run).map((debt) => ({ run, outline, debt })),
  )
  return debts.sort((one, other) => one.debt.due - other.debt.due)
}
