import type { EntryCore } from '../../src/domain/entry.ts'
import type { CommandCall, HandlerPorts } from '../../src/slack/handler.ts'
import { servicesNow } from '../../src/slack/services-now.ts'
import { nobody } from '../../src/slack/surface.ts'
import { alertStats } from '../../views/answers/alert-stats.ts'
import { tell } from '../answer.ts'
import { permitToSee } from '../permit.ts'

const DAYS = 7
const DAY_MS = 86_400_000
const MOST_ALERTS = 5_000

/** `/purser stats`: how long alerts took in the last days, and how the services are. */
export async function tellAlertStats(call: CommandCall, ports: HandlerPorts): Promise<void> {
  const permitted = await permitToSee(ports, call)
  if (!permitted.ok) return await tell(ports, call, permitted.answer)
  const since = ports.clock.now() - DAYS * DAY_MS
  const of = (kind: string) => ports.store.entries({ team: call.team, kinds: [kind], since }, null, MOST_ALERTS)
  const [accepted, told, open, cases] = await Promise.all([
    of('alert.accepted'),
    of('alert.told'),
    ports.store.openAlerts(),
    ports.store.openCases(),
  ])
  const mine = <T extends { team: string }>(all: readonly T[]): number =>
    all.filter(({ team }) => team === call.team).length
  const times = accepted.flatMap(({ core }) => (typeof core.facts?.ms === 'number' ? [core.facts.ms] : []))
  const drawing = alertStats({
    ...{ accepted: times, told: told.length, days: DAYS, services: servicesNow(ports, { team: call.team, runs: [] }) },
    things: accepted.reduce((sum, { core }) => sum + thingsIn(core), 0),
    open: { alerts: mine(open), things: mine(cases) },
  })
  await tell(ports, call, { drawing, about: nobody(call.team) })
}

/** One card may tell of many things of one cause. */
const thingsIn = ({ facts }: EntryCore): number => (typeof facts?.things === 'number' ? facts.things : 1)
