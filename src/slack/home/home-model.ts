import type { RunHead } from '../../../db/store.ts'
import { askedMeanwhile } from '../../../views/absences.ts'
import type { HomeFilter } from '../../../views/home/home-filter.ts'
import { type HomeModel, MOST_LISTED } from '../../../views/home/home-view.ts'
import { pageOf } from '../../../views/home/run-pages.ts'
import type { Person } from '../../domain/actor.ts'
import { median } from '../../domain/median.ts'
import { OPEN_STATUSES } from '../../domain/run-status.ts'
import { dueInRuns } from '../ask/answer-about-many.ts'
import { listAsks } from '../ask/list-asks.ts'
import { listHeads, openFirst } from '../ask/list-runs.ts'
import { ownRuns } from '../ask/own-runs.ts'
import { drawContext, type HandlerPorts } from '../handler.ts'
import { listAstray } from '../list-astray.ts'
import { listHolds } from '../list-holds.ts'
import { servicesNow } from '../services-now.ts'
import { type Sight, sightOf } from '../sight.ts'

export type HomePorts = Pick<
  HandlerPorts,
  'store' | 'engine' | 'rules' | 'workflows' | 'clock' | 'services' | 'directory' | 'absences'
>

const SOON_MS = 3 * 86_400_000
const WEEK_MS = 7 * 86_400_000

/** What somebody's Home shows, as far as they may see now. */
export async function homeModel(ports: HomePorts, person: Person, filter: HomeFilter): Promise<HomeModel> {
  const { team } = person
  const rules = ports.rules.current()
  const sight = sightOf(ports, person)
  const mayRetry = (workflow: string): boolean => rules.may(person, 'retry', workflow)
  const [asks, held, heads, due, finishedThisWeek, own] = await Promise.all([
    listAsks(ports, person),
    listHolds(ports, person),
    listHeads(ports.store, { team, statuses: OPEN_STATUSES }, (head) => sight.row(head) || mayRetry(head.workflow)),
    dueInRuns(ports, { filter: { team }, sight }),
    finished(ports, person, sight),
    ownRuns(ports, person),
  ])
  const blocked = heads.filter(({ status }) => status === 'blocked')
  const listed = heads.filter((head) => sight.row(head) && fits(head, { filter, own, user: person.user }))
  const inFlight = listed.filter(({ status }) => status !== 'blocked' || filter.state === 'blocked')
  const { from, to } = pageOf(inFlight.length, filter.page)
  return {
    filter,
    asks,
    held,
    needsYou: await openFirst(
      ports,
      blocked.filter(({ workflow }) => mayRetry(workflow)),
      MOST_LISTED,
    ),
    stuck: await openFirst(
      ports,
      listed.filter(({ status, workflow }) => status === 'blocked' && !mayRetry(workflow)),
      MOST_LISTED,
    ),
    inFlight: { ...(await openFirst(ports, inFlight.slice(from, to))), count: inFlight.length },
    due: due.filter(({ thing }) => thing.at <= ports.clock.now() + SOON_MS),
    finishedThisWeek,
    astray: ports.workflows.some(({ name }) => mayRetry(name)) ? await listAstray(ports.store, team) : [],
    canStart: ports.workflows.filter(({ name }) => rules.may(person, 'start', name)),
    workflows: ports.workflows.filter(({ name }) => sight.of(name)),
    services: ports.workflows.some(({ name }) => sight.of(name)) ? servicesNow(ports, { team, runs: [] }) : [],
    away: awayOf(ports, person),
  }
}

function awayOf(ports: HomePorts, { team, user }: Person): NonNullable<HomeModel['away']> | null {
  const absence = ports.absences.of(user)
  const says = askedMeanwhile(ports.absences.standIn(user), team, drawContext(ports))
  return absence && { absence, says }
}

function fits(
  head: RunHead,
  { filter, own, user }: { filter: HomeFilter; own(head: RunHead): boolean; user: Person['user'] },
): boolean {
  if (filter.workflow !== null && head.workflow !== filter.workflow) return false
  if (filter.state !== 'all' && head.status !== filter.state) return false
  if (filter.whose === 'mine') return own(head)
  return filter.whose === 'all' || head.manager === user
}

/** What ended in the last seven days; what was cancelled or refused counts as ended, not as a success. */
async function finished(
  { store, clock }: HomePorts,
  { team }: Person,
  sight: Sight,
): Promise<HomeModel['finishedThisWeek']> {
  const all = await listHeads(store, { team, endedSince: clock.now() - WEEK_MS }, sight.row)
  const took = all
    .filter(endedWell)
    .flatMap(({ startedAt, endedAt }) => (endedAt === null ? [] : [endedAt - startedAt]))
  const refused = all.filter(({ status }) => status === 'refused').length
  return { count: all.length, succeeded: took.length, refused, medianMs: median(took) }
}

const endedWell = ({ status }: RunHead): boolean => status === 'succeeded' || status === 'succeeded-with-debt'
