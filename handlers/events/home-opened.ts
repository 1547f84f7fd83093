import type { Person } from '../../src/domain/actor.ts'
import { median } from '../../src/domain/median.ts'
import { listAsks } from '../../src/slack/ask/list-asks.ts'
import { listRuns } from '../../src/slack/ask/list-runs.ts'
import { actorsIn } from '../../src/slack/draw-card.ts'
import { drawContext, type HandlerPorts, type HomeOpened } from '../../src/slack/handler.ts'
import { refusalHome } from '../../views/answers/refusal-home.ts'
import { type HomeModel, homeView } from '../../views/home.ts'
import { whoAsks } from '../permit.ts'

/** Draws the App Home of whoever opened it, as far as they may see. */
export async function homeOpened(opened: HomeOpened, ports: HandlerPorts): Promise<void> {
  const { team, user } = opened
  const asker = await whoAsks(ports, opened)
  if (!asker.ok) return await ports.surface.publishHome(team, user, refusalHome(asker.answer.drawing))
  const model = await homeModel(ports, asker.found)
  const shown = [...model.asks, ...model.needsYou, ...model.stuck, ...model.inFlight]
  await ports.directory.learn(shown.flatMap(({ run }) => actorsIn(run)))
  await ports.surface.publishHome(team, user, homeView(model, drawContext(ports)))
}

async function homeModel(ports: HandlerPorts, person: Person): Promise<HomeModel> {
  const { team } = person
  const rules = ports.rules.current()
  const maySee = (workflow: string): boolean => rules.may(person, 'see', workflow)
  const mayRetry = (workflow: string): boolean => rules.may(person, 'retry', workflow)
  const [asks, blocked, inFlight, finishedThisWeek] = await Promise.all([
    listAsks(ports, person),
    listRuns(ports, { team, statuses: ['blocked'], of: (workflow) => maySee(workflow) || mayRetry(workflow) }),
    listRuns(ports, { team, statuses: ['running', 'waiting'], of: maySee }),
    finished(ports, person, maySee),
  ])
  return {
    asks,
    needsYou: blocked.filter(({ run }) => mayRetry(run.workflow)),
    stuck: blocked.filter(({ run }) => !mayRetry(run.workflow)),
    inFlight,
    finishedThisWeek,
    canStart: ports.workflows.filter(({ name }) => rules.may(person, 'start', name)),
    services: null,
  }
}

const WEEK_MS = 7 * 86_400_000
const MOST_FINISHED = 1_000

/** What ended in the last seven days; what was cancelled or refused counts as ended, not as a success. */
async function finished(
  { store, clock }: HandlerPorts,
  { team }: Person,
  maySee: (workflow: string) => boolean,
): Promise<HomeModel['finishedThisWeek']> {
  const rows = await store.runs({ team, endedSince: clock.now() - WEEK_MS }, MOST_FINISHED)
  const ended = rows.filter(({ workflow }) => maySee(workflow))
  const took = ended
    .filter(({ status }) => status !== 'cancelled' && status !== 'refused')
    .flatMap(({ startedAt, endedAt }) => (endedAt === null ? [] : [endedAt - startedAt]))
  const refused = ended.filter(({ status }) => status === 'refused').length
  return { count: ended.length, succeeded: took.length, refused, medianMs: median(took) }
}
