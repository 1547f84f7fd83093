import type { Usual } from '../../../views/answers/when-answer.ts'
import { median } from '../../domain/median.ts'
import type { Run } from '../../domain/run.ts'
import type { HandlerPorts } from '../handler.ts'

const LOOK_BACK_MS = 90 * 86_400_000
const MOST_RUNS = 500

/** What the runs of the same workflow took that ended well of late. */
export async function usualTime({ store, clock }: Pick<HandlerPorts, 'store' | 'clock'>, run: Run): Promise<Usual> {
  const filter = { team: run.team, workflow: run.workflow, endedSince: clock.now() - LOOK_BACK_MS }
  const rows = await store.runs(filter, MOST_RUNS)
  const took = rows
    .filter(({ status }) => status === 'succeeded' || status === 'succeeded-with-debt')
    .flatMap(({ startedAt, endedAt }) => (endedAt === null ? [] : [endedAt - startedAt]))
  return { runs: took.length, medianMs: median(took) }
}
