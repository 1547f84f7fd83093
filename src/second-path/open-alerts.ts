import { alertSince, isAlert, secondPathAt } from '../domain/alert-time.ts'
import type { Card } from '../domain/card.ts'
import { unknownToSlack } from '../slack/reach.ts'
import { type Shown, type ShowPorts, showCard } from '../slack/show-card.ts'
import { causeOfAlert } from './cause-of-alert.ts'

/** An alert that Slack has not accepted. */
export interface OpenAlert {
  card: Card
  /** The moment of failure, in milliseconds since 1970. */
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

/** Alerts that are the second path's by now: Slack had its time, and nobody was told yet. */
export async function overdueAlerts(ports: ShowPorts): Promise<OpenAlert[]> {
  const now = ports.clock.now()
  const stale = (await ports.store.staleCards(AT_ONCE)).filter((card) => card.urgent && isAlert(card) && !card.told)
  const open = await Promise.all(
    stale.filter((card) => mayBeDue(card, now)).map((card) => openAlert(withoutSlack(ports), card)),
  )
  return open.flatMap((alert) => (alert && now >= dueAt(alert) ? [alert] : []))
}

/** Until then several of new causes are gathered; it leaves two looks before 60 s are over. */
const GATHERED_UNTIL_MS = 50_000
const GATHERED_FOR_MS = 5_000

/** Whether it cannot wait for others any more, if it is to be told within 60 s of the failure. */
export const isPressing = (alert: OpenAlert, now: number): boolean =>
  now >= Math.min(dueAt(alert) + GATHERED_FOR_MS, alert.since + GATHERED_UNTIL_MS)

/** Before this nothing is read of it: under load most alerts are in Slack within a second. */
const mayBeDue = ({ staleSince }: Card, now: number): boolean =>
  staleSince !== null && now >= secondPathAt({ since: Number.NEGATIVE_INFINITY, markedAt: staleSince })

/** When it becomes the second path's, in milliseconds since 1970. */
const dueAt = ({ card, since }: Pick<OpenAlert, 'card' | 'since'>): number =>
  secondPathAt({ since, markedAt: card.staleSince ?? since })

async function openAlert(ports: ShowPorts, card: Card): Promise<OpenAlert | null> {
  const shown = await showCard(ports, card)
  const since = shown?.drawing ? alertSince(card, shown) : null
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
