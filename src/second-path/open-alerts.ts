import { alertSince, isAlert, untilSecondPath } from '../domain/alert-time.ts'
import type { Card } from '../domain/card.ts'
import type { TrueAges } from '../domain/true-ages.ts'
import { unknownToSlack } from '../slack/reach.ts'
import { type Shown, type ShowPorts, showCard } from '../slack/show-card.ts'
import { causeOfAlert } from './cause-of-alert.ts'

/** An alert that Slack has not accepted. */
export interface OpenAlert {
  card: Card
  /** The moment of failure, in milliseconds since 1970; of what grew since it was told, that of the oldest new thing. */
  since: number
  shown: Shown
  /** See `causeOfAlert`. */
  cause: string
}

/** Cards looked at in one round. */
const AT_ONCE = 500

/** What is said of names here must not wait for Slack, which may be what is down. */
const withoutSlack = (ports: ShowPorts): ShowPorts => ({
  ...ports,
  directory: {
    ...ports.directory,
    learn: async () => true,
    reach: async (_team, asked) => unknownToSlack(asked),
  },
})

/** For so long nobody is told again of what grew less than that. */
const AGAIN_AFTER_MS = 3_600_000
const GROWN_BY = 10

/**
 * Alerts that are the second path's by now: Slack had its time, and nobody was told yet; or they were, and it has become
 * ten times as much since, or has grown for an hour.
 */
export async function overdueAlerts(ports: ShowPorts, ages: Ages): Promise<OpenAlert[]> {
  const stale = (await ports.store.staleCards(AT_ONCE)).filter((card) => card.urgent && isAlert(card))
  const open = await Promise.all(
    stale.filter((card) => mayBeDue(card, ages)).map((card) => openAlert(withoutSlack(ports), card)),
  )
  return open.flatMap((alert) => (alert && isDue(alert, ages) ? [alert] : []))
}

type Ages = Pick<TrueAges, 'since'>

/** Until then several of new causes are gathered; it leaves two looks before 60 s are over. */
const GATHERED_UNTIL_MS = 50_000
const GATHERED_FOR_MS = 5_000

/** Whether it cannot wait for others any more, if it is to be told within 60 s of the failure. */
export const isPressing = (alert: OpenAlert, ages: Ages): boolean =>
  untilDue(alert, ages) <= -GATHERED_FOR_MS || ages.since(alert.since) >= GATHERED_UNTIL_MS

/** Before this nothing is read of it: under load most alerts are in Slack within a second. */
const mayBeDue = ({ kind, told, staleSince }: Card, ages: Ages): boolean =>
  staleSince !== null &&
  (told === null || kind === 'alert') &&
  untilSecondPath({ failedFor: Number.POSITIVE_INFINITY, markedFor: ages.since(staleSince) }) <= 0

/** Milliseconds until it becomes the second path's. */
const untilDue = ({ card, since }: Pick<OpenAlert, 'card' | 'since'>, ages: Ages): number =>
  untilSecondPath({ failedFor: ages.since(since), markedFor: ages.since(card.staleSince ?? since) })

function isDue(alert: OpenAlert, ages: Ages): boolean {
  const { told, painted } = alert.card
  // What Slack has taken meanwhile is not what they were told.
  if (told === null || painted >= told.mark) return untilDue(alert, ages) <= 0
  return (alert.shown.tells ?? 0) >= told.things * GROWN_BY || ages.since(told.at) >= AGAIN_AFTER_MS
}

async function openAlert(ports: ShowPorts, card: Card): Promise<OpenAlert | null> {
  const shown = await showCard(ports, card)
  const open = shown?.drawing ? alertSince(card, shown) : null
  const since = card.told && open !== null ? (shown?.grown?.since ?? null) : open
  if (!shown || since === null) return null
  return { card, since, shown, cause: await causeOfAlert(ports.store, { card, shown }) }
}

/** What the second path told of and Slack has accepted since, or which is solved, or gone. */
export async function settledAlerts(ports: ShowPorts): Promise<{ card: Card; shown: Shown | null }[]> {
  const told = (await ports.store.astrayCards(AT_ONCE * 4)).filter((card) => card.told !== null)
  const all = await Promise.all(
    told.map(async (card) => {
      const shown = await showCard(withoutSlack(ports), card)
      const isOpen = card.staleSince !== null && shown?.drawing && alertSince(card, shown) !== null
      return isOpen ? [] : [{ card, shown }]
    }),
  )
  return all.flat()
}
