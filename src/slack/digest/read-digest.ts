import type { Store } from '../../../db/store.ts'
import type { RunInAnswer } from '../../../views/answers/status-answer.ts'
import type { DigestSubject } from '../../../views/cards/digest-card.ts'
import type { Clock } from '../../clock.ts'
import { momentIn, workingDayFrom } from '../../domain/calendar.ts'
import type { TeamId } from '../../domain/ids.ts'
import { median } from '../../domain/median.ts'
import { openDebts } from '../../domain/run.ts'
import { OPEN_STATUSES } from '../../domain/run-status.ts'
import type { Engine } from '../../engine/decisions.ts'
import type { WorkflowDefinition } from '../../engine/define-workflow.ts'
import type { RulesBook } from '../../rules/rules.ts'
import { findInRuns, listHeads, openFirst } from '../ask/list-runs.ts'

interface Ports {
  store: Store
  engine: Engine
  rules: Pick<RulesBook, 'current'>
  workflows: readonly WorkflowDefinition[]
  clock: Clock
}

const DAY_MS = 86_400_000
/** What is owed within this time is soon due. */
const SOON_MS = 2 * DAY_MS

/** What a digest says of some workflows, from the present state. `day` is the digest's, as `2026-11-09`. */
export async function readDigest(
  ports: Ports,
  { team, day, of }: { team: TeamId; day: string; of(workflow: string): boolean },
): Promise<DigestSubject> {
  const now = ports.clock.now()
  const since = lastDigest(ports, day)
  const isSeen = ({ workflow }: { workflow: string }): boolean => of(workflow)
  const [open, overdue, owed, ended] = await Promise.all([
    listHeads(ports.store, { team, statuses: OPEN_STATUSES }, isSeen),
    findInRuns(ports, { filter: { team, asking: true }, isSeen }, overdueIn),
    findInRuns(ports, { filter: { team, owing: true }, isSeen }, ({ run, outline }) =>
      openDebts(run)
        .filter(({ due }) => due < now + SOON_MS)
        .map((debt) => ({ run, outline, debt })),
    ),
    listHeads(ports.store, { team, endedSince: since }, isSeen),
  ])
  const stuck = await openFirst(
    ports,
    open.filter(({ status }) => status === 'blocked'),
  )
  const going = open.filter(({ status }) => status !== 'blocked')
  const succeeded = ended.filter(({ status }) => status === 'succeeded' || status === 'succeeded-with-debt')
  return {
    ...{ since, stuck, overdue, owed },
    underWay: going.length,
    waiting: going.filter(({ status }) => status === 'waiting').length,
    held: going.filter(({ status }) => status === 'held' || status === 'paused').length,
    ended: {
      count: ended.length,
      succeeded: succeeded.length,
      refused: ended.filter(({ status }) => status === 'refused').length,
      medianMs: median(succeeded.flatMap(({ startedAt, endedAt }) => (endedAt === null ? [] : [endedAt - startedAt]))),
    },
  }
}

const overdueIn = ({ run, outline }: RunInAnswer) =>
  run.steps
    .filter((step) => step.wait?.kind === 'task' && step.wait.overdue && step.status === 'waiting')
    .map((step) => ({ run, outline, step }))

const MOST_DAYS_BACK = 14

/** When the digest before this day's was due: it tells what has happened since. */
function lastDigest({ rules }: Ports, day: string): number {
  const { calendar, digest } = rules.current()
  const noon = Date.parse(`${day}T12:00:00Z`)
  for (let back = 1; back <= MOST_DAYS_BACK; back++) {
    const before = new Date(noon - back * DAY_MS).toISOString().slice(0, 10)
    if (workingDayFrom(before, calendar) === before) return momentIn(calendar.timeZone, before, digest?.at ?? '09:00')
  }
  return noon - DAY_MS
}
