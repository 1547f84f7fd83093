import type { Store } from '../../db/store.ts'
import type { Clock } from '../clock.ts'
import type { TeamId } from '../domain/ids.ts'
import type { Holds } from '../engine/hold-desk.ts'

export interface MetricsPorts {
  store: Pick<Store, 'counts' | 'runsInLine' | 'staleCards' | 'inboxCounts' | 'openAlerts' | 'openCases'>
  clock: Clock
  team: TeamId
  /** Tries that wait in the lanes, by service. */
  waiting(): Readonly<Record<string, number>>
  /** How each service is, by the last that was heard of it. */
  engine: { holds: Pick<Holds, 'health'> }
  /** Changes committed since the start. */
  commits(): number
}

const MOST_CARDS = 1_000
const MOST_IN_LINE = 100_000

interface Metric {
  name: string
  help: string
  type?: 'counter'
  values: readonly (readonly [labels: string, value: number])[]
}

/** What monitoring asks, in Prometheus' text form; counts and times only, nothing of anybody. */
export async function metrics(ports: MetricsPorts): Promise<string> {
  const { store, clock, team } = ports
  const [runs, inLine, stale, inbox, alerts, cases] = await Promise.all([
    store.counts(team),
    store.runsInLine(MOST_IN_LINE),
    store.staleCards(MOST_CARDS),
    store.inboxCounts(),
    store.openAlerts(),
    store.openCases(),
  ])
  const unpainted = stale.flatMap(({ urgent, staleSince }) => (urgent && staleSince !== null ? [staleSince] : []))
  const oldest = unpainted.length === 0 ? 0 : Math.max(0, clock.now() - Math.min(...unpainted)) / 1000
  const by = (label: string, values: Readonly<Record<string, number>>): Metric['values'] =>
    Object.entries(values).map(([name, value]) => [`{${label}="${name}"}`, value])
  return text([
    { name: 'purser_runs', help: 'Runs, by their status', values: by('status', runs) },
    {
      name: 'purser_runs_in_line',
      help: 'Runs that wait to begin, because too much is to be done',
      values: [['', inLine.length]],
    },
    { name: 'purser_stale_cards', help: 'Cards that wait to be painted', values: [['', stale.length]] },
    {
      name: 'purser_oldest_unpainted_alert_seconds',
      help: 'For how long the oldest urgent card has waited to be painted',
      values: [['', oldest]],
    },
    {
      name: 'purser_inbox_open',
      help: 'What came from outside and is not settled, by its state',
      values: by('status', Object.fromEntries(inbox.map(({ status, count }) => [status, count]))),
    },
    {
      name: 'purser_open_alerts',
      help: 'Alerts that are not settled, each a card: many things of one cause are one',
      values: [['', alerts.length]],
    },
    {
      name: 'purser_open_alert_cases',
      help: 'What they stand for and is not over: each thing that should have happened and did not',
      values: [['', cases.length]],
    },
    {
      name: 'purser_service_up',
      help: 'Whether a service works, as looks and calls found it last',
      values: by('service', upByService(ports.engine.holds.health())),
    },
    {
      name: 'purser_lane_waiting',
      help: 'Tries that wait for their turn, by service',
      values: by('service', ports.waiting()),
    },
    {
      name: 'purser_commits_total',
      help: 'Changes committed since the start',
      type: 'counter',
      values: [['', ports.commits()]],
    },
  ])
}

/** Of services of which nothing was heard yet it says nothing. */
const upByService = (services: ReturnType<Holds['health']>): Record<string, number> =>
  Object.fromEntries(
    services
      .filter(({ state }) => state !== 'unknown')
      .map(({ service, state }) => [service, state === 'down' ? 0 : 1]),
  )

const text = (all: readonly Metric[]): string =>
  all
    .flatMap(({ name, help, type = 'gauge', values }) => [
      `# HELP ${name} ${help}`,
      `# TYPE ${name} ${type}`,
      ...values.map(([labels, value]) => `${name}${labels} ${value}`),
    ])
    .join('\n')
    .concat('\n')
