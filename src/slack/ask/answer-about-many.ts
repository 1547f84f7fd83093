import type { RunFilter } from '../../../db/store.ts'
import { asOfNow } from '../../../views/answers/as-of-now.ts'
import { type DueInAnswer, dueList } from '../../../views/answers/due-list.ts'
import { needsYou } from '../../../views/answers/needs-you.ts'
import type { HeldBack } from '../../../views/answers/paused-answer.ts'
import { runList } from '../../../views/answers/run-list.ts'
import type { SomeOf } from '../../../views/answers/some-of.ts'
import type { RunInAnswer } from '../../../views/answers/status-answer.ts'
import { stuckList } from '../../../views/answers/stuck-list.ts'
import { tallyAnswer } from '../../../views/answers/tally-answer.ts'
import type { Person } from '../../domain/actor.ts'
import { type DueThing, dueThings } from '../../domain/due-things.ts'
import { median } from '../../domain/median.ts'
import { OPEN_STATUSES, type RunStatus } from '../../domain/run-status.ts'
import { drawContext, type HandlerPorts } from '../handler.ts'
import { listHolds } from '../list-holds.ts'
import { type Sight, sightOf } from '../sight.ts'
import { aboutAll, learn, mayRetryIn, type Told } from './answer.ts'
import { boundsAhead } from './bounds-ahead.ts'
import { decoded } from './find-runs.ts'
import { listAsks } from './list-asks.ts'
import { findInRuns, listHeads, openFirst, stuckFirst, withOutlines } from './list-runs.ts'
import { ownRuns } from './own-runs.ts'
import { boundsOf, type Period } from './period.ts'
import type { ListQuestion } from './question.ts'

const SOON_MS = 7 * 86_400_000
/** As many as an answer shows. */
const MOST_LISTED = 15
const MOST_NAMED = 10

/** Answers a question about many runs, those that the asker may see. */
export async function answerAboutMany(ports: HandlerPorts, question: ListQuestion, person: Person): Promise<Told> {
  const { kind, workflow } = question
  if (kind === 'needs-me') return await whatNeeds(ports, person)
  const sight = sightOf(ports, person)
  const filter = { team: person.team, ...(workflow === undefined ? {} : { workflow }) }
  if (kind === 'late' || kind === 'due' || kind === 'owed') {
    const period = 'period' in question ? (question.period ?? null) : null
    return await dated(ports, { kind, filter, person, period })
  }
  const isOwn = kind === 'my-runs' || kind === 'my-waits' ? await ownRuns(ports, person) : () => true
  const heads = await listHeads(
    ports.store,
    { ...filter, statuses: statusesOf(kind) },
    (head) => sight.row(head) && isOwn(head),
  )
  const found = await openFirst(ports, stuckFirst(heads), MOST_LISTED)
  await learn(ports, found.first)
  const ctx = drawContext(ports)
  const drawing =
    kind === 'stuck' ? stuckList(found, await holdingSome(ports, person, workflow), ctx) : runList(kind, found, ctx)
  return { drawing, about: aboutAll(person.team, found.first) }
}

/** What keeps runs from going on now: of one process, where one is asked for. */
async function holdingSome(ports: HandlerPorts, person: Person, workflow: string | undefined): Promise<HeldBack[]> {
  const all = await listHolds(ports, person)
  return all.filter(({ hold, waiting }) => {
    const isOfIt = workflow === undefined || hold.scope.of !== 'workflow' || hold.scope.workflow === workflow
    return isOfIt && waiting > 0
  })
}

const statusesOf = (kind: ListQuestion['kind']): readonly RunStatus[] => {
  if (kind === 'stuck') return ['blocked']
  return kind === 'waiting' || kind === 'my-waits' ? ['waiting', 'blocked'] : OPEN_STATUSES
}

async function whatNeeds(ports: HandlerPorts, person: Person): Promise<Told> {
  const [asks, blocked] = await Promise.all([listAsks(ports, person), stuckWith(ports, person)])
  await learn(ports, [...asks, ...blocked.first])
  return {
    drawing: needsYou({ asks, blocked }, drawContext(ports)),
    about: aboutAll(person.team, [...asks, ...blocked.first]),
  }
}

/** Stuck runs that somebody may decide about. */
async function stuckWith(ports: HandlerPorts, person: Person): Promise<SomeOf<RunInAnswer>> {
  const mayRetry = mayRetryIn(ports, person)
  const heads = await listHeads(ports.store, { team: person.team, statuses: ['blocked'] }, ({ workflow }) =>
    mayRetry(workflow),
  )
  return await openFirst(ports, heads, MOST_LISTED)
}

interface Dated {
  kind: 'late' | 'due' | 'owed'
  filter: RunFilter
  person: Person
  /** By when, or when, it is due, as it was asked. */
  period: Period | null
}

async function dated(ports: HandlerPorts, { kind, filter, person, period }: Dated): Promise<Told> {
  const now = ports.clock.now()
  const asked = period && boundsAhead(period, now, person.timeZone ?? 'UTC')
  const span = asked ?? { since: now, until: now + SOON_MS }
  const all = await dueInRuns(ports, { filter, sight: sightOf(ports, person) })
  const shown = all.filter(({ thing }) => {
    if (kind === 'owed' && (thing.kind !== 'debt' || asked === null)) return thing.kind === 'debt'
    return kind === 'late' ? thing.at <= now : thing.at > span.since && thing.at <= span.until
  })
  await learn(ports, shown)
  const list = dueList(kind, { all: shown, span: asked }, drawContext(ports))
  const isOver = period !== null && asked === null
  return { drawing: isOver ? asOfNow(list, false) : list, about: aboutAll(person.team, shown) }
}

/** Everything with a day by which it should be done, earliest first. */
export async function dueInRuns(
  ports: Pick<HandlerPorts, 'store' | 'engine' | 'workflows'>,
  { filter, sight }: { filter: RunFilter; sight: Pick<Sight, 'row'> },
): Promise<DueInAnswer[]> {
  const isSeen = sight.row
  // What is due is asked of people, or owed: each of the two has its index. A run may have both.
  const [asked, owed] = await Promise.all([
    findInRuns(
      ports,
      { filter: { ...filter, asking: true }, isSeen },
      dueIn(({ kind }) => kind !== 'debt'),
    ),
    findInRuns(
      ports,
      { filter: { ...filter, owing: true }, isSeen },
      dueIn(({ kind }) => kind === 'debt'),
    ),
  ])
  const due = [...asked, ...owed]
  return due.sort((a, b) => a.thing.at - b.thing.at)
}

const dueIn =
  (isWanted: (thing: DueThing) => boolean) =>
  (each: RunInAnswer): DueInAnswer[] =>
    dueThings(each.run)
      .filter(isWanted)
      .map((thing) => ({ ...each, thing }))

/** How many started and ended in a time. */
export async function answerTally(
  ports: HandlerPorts,
  question: { period: Period; workflow?: string },
  person: Person,
): Promise<Told> {
  const { team } = person
  const { since, until } = boundsOf(question.period, ports.clock.now(), person.timeZone ?? 'UTC')
  const sight = sightOf(ports, person)
  const filter = { team, ...(question.workflow === undefined ? {} : { workflow: question.workflow }) }
  const [ends, starts] = await Promise.all([
    listHeads(ports.store, { ...filter, endedSince: since }, sight.row),
    listHeads(ports.store, { ...filter, startedSince: since }, sight.row),
  ])
  const ended = ends.filter(({ endedAt }) => endedAt !== null && endedAt <= until)
  const started = starts.filter(({ startedAt }) => startedAt <= until)
  const well = ended.filter(({ status }) => status === 'succeeded' || status === 'succeeded-with-debt')
  const named = withOutlines(ports, await decoded(ports, ended.slice(0, MOST_NAMED)))
  const drawing = tallyAnswer(
    {
      since,
      until,
      started: started.length,
      ended: ended.length,
      succeeded: well.length,
      refused: ended.filter(({ status }) => status === 'refused').length,
      medianMs: median(well.flatMap(({ startedAt, endedAt }) => (endedAt === null ? [] : [endedAt - startedAt]))),
      names: named.map(({ run }) => run.subject.label),
      title: ports.workflows.find(({ name }) => name === question.workflow)?.title ?? null,
    },
    drawContext(ports),
  )
  return { drawing, about: aboutAll(team, named) }
}
