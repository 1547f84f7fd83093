import { ALERT_WITHIN_MS } from '../../src/domain/alert-time.ts'
import type { Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { labelled, type Words } from '../rich-text.ts'
import { texts } from '../texts/index.ts'
import { duration } from '../times.ts'
import { healthWords, type ServiceNow } from './services-answer.ts'

export interface AlertTimes {
  /** Milliseconds from failure to acceptance by Slack. */
  accepted: readonly number[]
  /** How many went by the second path. */
  told: number
  /** What they told of: one alert may stand for many things of one cause. */
  things: number
  /** What is not settled just now. */
  open: { alerts: number; things: number }
  days: number
  services: readonly ServiceNow[]
}

/** How long alerts took, from the failure until Slack accepted them; and how the services are. */
export function alertStats({ accepted, told, days, services, things, open }: AlertTimes): Drawing {
  const says = texts.services
  const title = says.alertsOf(days)
  const sorted = [...accepted].sort((a, b) => a - b)
  const late = sorted.filter((ms) => ms > ALERT_WITHIN_MS).length
  const at = (share: number): string => duration(sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0)
  const points: Words[] =
    sorted.length === 0
      ? [[says.noAlert], ...(told > 0 ? [secondPath(told)] : [])]
      : [
          [says.alerts({ alerts: sorted.length, half: at(0.5), most: at(0.99), slowest: at(1) })],
          [late === 0 ? says.noneLate : says.late(late)],
          secondPath(told),
          ...(things > sorted.length ? [[texts.alertStorms.stoodFor(things)]] : []),
        ]
  if (open.alerts > 0) points.push([texts.alertStorms.openNow(open)])
  const states = services.map(healthWords)
  const how = states.length === 0 ? [] : [labelled(says.byLooksAndCalls, { points: states })]
  const lines: Words[] = states.length === 0 ? [] : [[says.byLooksAndCalls], ...states]
  return { blocks: [labelled(title, { points }), ...how], text: fallbackText([[title], ...points, ...lines]) }
}

const secondPath = (told: number): Words => [told === 0 ? texts.services.noSecondPath : texts.services.secondPath(told)]
