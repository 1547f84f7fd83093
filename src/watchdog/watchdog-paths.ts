import { hostname } from 'node:os'
import { watchdogMail } from '../../views/mails/watchdog-mail.ts'
import { texts } from '../../views/texts/index.ts'
import type { Clock } from '../clock.ts'
import { eventBody } from '../connectors/pagerduty/events.ts'
import { createMailSender } from '../second-path/send-mail.ts'
import type { Orders } from './orders.ts'
import type { Told, WatchdogPath } from './watchdog.ts'

const ANSWER_WITHIN_MS = 10_000

/** The watchdog's own ways out: no egress, no ledger, nothing that may be what is broken. */
export function watchdogPaths(
  { mail, pagerDuty }: Orders,
  clock: Clock,
): Partial<Record<WatchdogPath, (told: Told) => Promise<void>>> {
  const host = hostname()
  return {
    ...(mail === null
      ? {}
      : {
          async mail(told) {
            const key = `purser/watchdog/${told.key}`
            const answers = told.tells === 'over' ? { answers: key } : {}
            await createMailSender(mail)({
              ...watchdogMail({ ...told, host }),
              key: `${key}/${told.tells}`,
              ...answers,
            })
          },
        }),
    ...(pagerDuty === null ? {} : { pagerduty: (told) => page(pagerDuty, { told, host, clock }) }),
  }
}

async function page(
  { url, routingKey }: NonNullable<Orders['pagerDuty']>,
  { told, host, clock }: { told: Told; host: string; clock: Clock },
): Promise<void> {
  const { subject, text } = watchdogMail({ ...told, host })
  const event = eventBody({
    ...{
      routingKey,
      dedupKey: `purser/watchdog/${host}/${told.key}`,
      summary: subject,
      source: texts.watchdog.source(host),
    },
    ...{ action: told.tells === 'over' ? 'resolve' : 'trigger', severity: 'critical', at: told.at, details: { text } },
  })
  const enough = new AbortController()
  const cancel = clock.after(ANSWER_WITHIN_MS, () => enough.abort())
  try {
    const body = JSON.stringify(event)
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${url}/v2/enqueue`, { method: 'POST', headers, body, signal: enough.signal })
    if (!answer.ok) throw new Error(`PagerDuty answered ${answer.status}`)
  } finally {
    cancel()
  }
}
