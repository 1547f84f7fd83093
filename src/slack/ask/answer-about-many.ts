import { type DueInAnswer, dueList } from '../../../views/answers/due-list.ts'
import { needsYou } from '../../../views/answers/needs-you.ts'
import { runList } from '../../../views/answers/run-list.ts'
import type { RunInAnswer } from '../../../views/answers/status-answer.ts'
import { tallyAnswer } from '../../../views/answers/tally-answer.ts'
import type { Person } from '../../domain/actor.ts'
import { dueThings } from '../../domain/due-things.ts'
import { median } from '../../domain/median.ts'
import { OPEN_STATUSES, type RunStatus } from '../../domain/run-status.ts'
import { isOwn } from '../../domain/standing.ts'
import { drawContext, type HandlerPorts } from '../handler.ts'
import { type Sight, sightOf } from '../sight.ts'
import { aboutAll, learn, mayRetryIn, type Told } from './answer.ts'
import { decoded } from './find-runs.ts'
import { answererOf, listAsks } from './list-asks.ts'
import { listRuns, ofWorkflows, withOutlines } from './list-runs.ts'
import { boundsOf, type Period } from './period.ts'
import type { ListQuestion } from './question.ts'

const SOON_MS = 7 * 86_400_000
const MOST_ENDED = 1_000
const MOST_NAMED = 10

/** Answers a question about many runs, those that the asker may see. */
export async function answerAboutMany(ports: HandlerPorts, question: ListQuestion, person: Person): Promise<Told> {
  const { kind, workflow } = question
  if (kind === 'needs-me') return await whatNeeds(ports, person)
  const sight = sightOf(ports, person)
  const rows: Sight['rows'] = (all) =>
    sight.rows(all.filter((row) => workflow === undefined || row.workflow === workflow))
  if (kind === 'late' || kind === 'due' || kind === 'owed') return await dated(ports, { kind, rows, person })
  const runs = await listRuns(ports, { team: person.team, statuses: statusesOf(kind), rows })
  const shown =
    kind === 'my-runs' || kind === 'my-waits' ? runs.filter(({ run }) => isOwn(run, answererOf(person))) : runs
  await learn(ports, shown)
  return { drawing: runList(kind, inOrder(shown), drawContext(ports)), about: aboutAll(person.team, shown) }
}

const statusesOf = (kind: ListQuestion['kind']): readonly RunStatus[] => {
  if (kind === 'stuck') return ['blocked']
  return kind === 'waiting' || kind === 'my-waits' ? ['waiting', 'blocked'] : OPEN_STATUSES
}

/** What is stuck comes first. */
const inOrder = (runs: readonly RunInAnswer[]): RunInAnswer[] => [
  ...runs.filter(({ run }) => run.status === 'blocked'),
  ...runs.filter(({ run }) => run.status !== 'blocked'),
]

async function whatNeeds(ports: HandlerPorts, person: Person): Promise<Told> {
  const [asks, blocked] = await Promise.all([
    listAsks(ports, person),
    listRuns(ports, { team: person.team, statuses: ['blocked'], rows: ofWorkflows(mayRetryIn(ports, person)) }),
  ])
  await learn(ports, [...asks, ...blocked])
  return {
    drawing: needsYou({ asks, blocked }, drawContext(ports)),
    about: aboutAll(person.team, [...asks, ...blocked]),
  }
}

interface Dated {
  kind: 'late' | 'due' | 'owed'
  rows: Sight['rows']
  person: Person
}

async function dated(ports: HandlerPorts, { kind, rows, person }: Dated): Promise<Told> {
  const now = ports.clock.now()
  const all = await dueInRuns(ports, { team: person.team, rows })
  const shown = all.filter(({ thing }) => {
    if (kind === 'owed') return thing.kind === 'debt'
    return kind === 'late' ? thing.at <= now : thing.at > now && thing.at <= now + SOON_MS
  })
  await learn(ports, shown)
  return { drawing: dueList(kind, shown, drawContext(ports)), about: aboutAll(person.team, shown) }
}

/** Everything with a day by which it should be done, earliest first. */
export async function dueInRuns(
  ports: Pick<HandlerPorts, 'store' | 'engine' | 'workflows'>,
  wanted: { team: Person['team']; rows: Sight['rows'] },
): Promise<DueInAnswer[]> {
  const runs = await listRuns(ports, { ...wanted, statuses: [...OPEN_STATUSES, 'succeeded-with-debt'] })
  const due = runs.flatMap((each) => dueThings(each.run).map((thing) => ({ ...each, thing })))
  return due.sort((a, b) => a.thing.at - b.thing.at)
}

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
    ports.store.runs({ ...filter, endedSince: since }, MOST_ENDED),
    ports.store.runs({ ...filter, startedSince: since }, MOST_ENDED),
  ])
  const ended = (await sight.rows(ends)).filter(({ endedAt }) => endedAt !== null && endedAt <= until)
  const started = (await sight.rows(starts)).filter(({ startedAt }) => startedAt <= until)
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
