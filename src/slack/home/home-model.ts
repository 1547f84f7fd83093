import type { StoredRun } from '../../../db/store.ts'
import type { RunInAnswer } from '../../../views/answers/status-answer.ts'
import type { HomeFilter } from '../../../views/home/home-filter.ts'
import type { HomeModel } from '../../../views/home/home-view.ts'
import type { Person } from '../../domain/actor.ts'
import { median } from '../../domain/median.ts'
import { ended } from '../../domain/run.ts'
import { OPEN_STATUSES } from '../../domain/run-status.ts'
import { isOwn } from '../../domain/standing.ts'
import { dueInRuns } from '../ask/answer-about-many.ts'
import { answererOf, listAsks } from '../ask/list-asks.ts'
import { listRuns } from '../ask/list-runs.ts'
import type { HandlerPorts } from '../handler.ts'
import { servicesNow } from '../services-now.ts'
import { manages, type Sight, sightOf } from '../sight.ts'

export type HomePorts = Pick<
  HandlerPorts,
  'store' | 'engine' | 'rules' | 'workflows' | 'clock' | 'services' | 'directory'
>

const SOON_MS = 3 * 86_400_000
const WEEK_MS = 7 * 86_400_000
const MOST_FINISHED = 1_000

/** What somebody's Home shows, as far as they may see now. */
export async function homeModel(ports: HomePorts, person: Person, filter: HomeFilter): Promise<HomeModel> {
  const { team } = person
  const rules = ports.rules.current()
  const sight = sightOf(ports, person)
  const mayRetry = (workflow: string): boolean => rules.may(person, 'retry', workflow)
  const [asks, open, due, finishedThisWeek] = await Promise.all([
    listAsks(ports, person),
    listRuns(ports, { team, statuses: OPEN_STATUSES, rows: orMayRetry(sight, mayRetry) }),
    dueInRuns(ports, { team, rows: sight.rows }),
    finished(ports, person, sight),
  ])
  const blocked = open.filter(({ run }) => run.status === 'blocked')
  const listed = open.filter((each) => sight.run(each.run) && fits(ports, { each, person, filter }))
  return {
    filter,
    asks,
    needsYou: blocked.filter(({ run }) => mayRetry(run.workflow)),
    stuck: listed.filter(({ run }) => run.status === 'blocked' && !mayRetry(run.workflow)),
    inFlight: listed.filter(({ run }) => !ended(run) && (run.status !== 'blocked' || filter.state === 'blocked')),
    due: due.filter(({ thing }) => thing.at <= ports.clock.now() + SOON_MS),
    finishedThisWeek,
    canStart: ports.workflows.filter(({ name }) => rules.may(person, 'start', name)),
    workflows: ports.workflows.filter(({ name }) => sight.of(name)),
    services: ports.workflows.some(({ name }) => sight.of(name)) ? servicesNow(ports, open) : [],
  }
}

const orMayRetry =
  (sight: Sight, mayRetry: (workflow: string) => boolean): Sight['rows'] =>
  async (rows) => {
    const seen = new Set((await sight.rows(rows)).map(({ id }) => id))
    return rows.filter(({ id, workflow }) => seen.has(id) || mayRetry(workflow))
  }

function fits(
  { workflows }: HomePorts,
  { each: { run }, person, filter }: { each: RunInAnswer; person: Person; filter: HomeFilter },
): boolean {
  if (filter.workflow !== null && run.workflow !== filter.workflow) return false
  if (filter.state !== 'all' && run.status !== filter.state) return false
  if (filter.whose === 'mine') return isOwn(run, answererOf(person))
  return filter.whose === 'all' || manages(workflows, run, person)
}

/** What ended in the last seven days; what was cancelled or refused counts as ended, not as a success. */
async function finished(
  { store, clock }: HomePorts,
  { team }: Person,
  sight: Sight,
): Promise<HomeModel['finishedThisWeek']> {
  const rows = await store.runs({ team, endedSince: clock.now() - WEEK_MS }, MOST_FINISHED)
  const all = await sight.rows(rows)
  const took = all
    .filter(endedWell)
    .flatMap(({ startedAt, endedAt }) => (endedAt === null ? [] : [endedAt - startedAt]))
  const refused = all.filter(({ status }) => status === 'refused').length
  return { count: all.length, succeeded: took.length, refused, medianMs: median(took) }
}

const endedWell = ({ status }: StoredRun): boolean => status === 'succeeded' || status === 'succeeded-with-debt'
