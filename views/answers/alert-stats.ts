import { ALERT_WITHIN_MS } from '../../src/domain/alert-time.ts'
import type { Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { labelled, type Words } from '../rich-text.ts'
import { texts } from '../texts/index.ts'
import { duration } from '../times.ts'
import { count } from '../wording.ts'
import { healthWords, type ServiceNow } from './services-answer.ts'

const SERVICES = 'Services, by Purser’s looks and calls'

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
  const title = `Alerts of the last ${count(days, 'day')}`
  const sorted = [...accepted].sort((a, b) => a - b)
  const late = sorted.filter((ms) => ms > ALERT_WITHIN_MS).length
  const at = (share: number): string => duration(sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0)
  const points: Words[] =
    sorted.length === 0
      ? [['No alert was shown in Slack.'], ...(told > 0 ? [secondPath(told)] : [])]
      : [
          [
            `${count(sorted.length, 'alert')} in Slack: half within ${at(0.5)}, 99% within ${at(0.99)}, the slowest ${at(1)} after the failure`,
          ],
          [late === 0 ? '✅ None came later than 60 s' : `⏱️ ${late} came later than 60 s: their cards say why`],
          secondPath(told),
          ...(things > sorted.length ? [[texts.alertStorms.stoodFor(things)]] : []),
        ]
  if (open.alerts > 0) points.push([texts.alertStorms.openNow(open)])
  const states = services.map(healthWords)
  const how = states.length === 0 ? [] : [labelled(SERVICES, { points: states })]
  const lines: Words[] = states.length === 0 ? [] : [[SERVICES], ...states]
  return { blocks: [labelled(title, { points }), ...how], text: fallbackText([[title], ...points, ...lines]) }
}

const secondPath = (told: number): Words => [
  told === 0 ? 'None went by the second path' : `📧 ${told} went by the second path: e-mail or PagerDuty`,
]
