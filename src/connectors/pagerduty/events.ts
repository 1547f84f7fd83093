import { z } from 'zod'
import type { HttpResponse, UpsertOperation, Verdict } from '../../domain/operation.ts'
import { judgeStatus, type ServiceWords } from '../judge-status.ts'

/** An event as PagerDuty's Events API v2 takes it; events with one dedup key are one alert. */
export interface PagerDutyEvent {
  routingKey: string
  action: 'trigger' | 'resolve'
  /** 255 characters at most. */
  dedupKey: string
  /** 1,024 characters at most; of a resolved one it is not read. */
  summary: string
  source: string
  severity: 'critical' | 'error' | 'warning' | 'info'
  /** Milliseconds since 1970. */
  at: number
  details: Readonly<Record<string, string>>
}

const words: ServiceWords = {
  title: 'PagerDuty',
  whenUnauthorized: 'Set PAGERDUTY_ROUTING_KEY to the integration key of the service.',
  whenForbidden: 'Set PAGERDUTY_ROUTING_KEY to the integration key of the service.',
  whenNotFound: 'Check PAGERDUTY_EVENTS_URL.',
}

const Problem = z.looseObject({ message: z.string().optional(), errors: z.array(z.string()).optional() })

function judgePagerDuty(response: HttpResponse): Verdict | null {
  const { message = null, errors } = Problem.safeParse(response.body).data ?? {}
  return judgeStatus(response, words, { code: null, message: errors?.join('; ') ?? message })
}

/** The event's body, as the documentation names its fields. */
export const eventBody = (event: PagerDutyEvent) => ({
  routing_key: event.routingKey,
  event_action: event.action,
  dedup_key: event.dedupKey.slice(0, 255),
  ...(event.action === 'resolve'
    ? {}
    : {
        client: 'Purser',
        payload: {
          summary: event.summary.slice(0, 1_024),
          source: event.source,
          severity: event.severity,
          timestamp: new Date(event.at).toISOString(),
          custom_details: { ...event.details },
        },
      }),
})

/** Opens or ends an alert: the same event again changes nothing. */
export const eventSend: UpsertOperation<PagerDutyEvent, { dedupKey: string }> = {
  service: 'pagerduty',
  class: 'U',
  name: 'event.send',
  title: 'send the event',
  secretFields: ['routing_key'],
  timeoutMs: 10_000,
  request: (event) => ({ method: 'POST', path: '/v2/enqueue', body: eventBody(event) }),
  answer: z
    .looseObject({ status: z.literal('success'), dedup_key: z.string() })
    .transform((body) => ({ dedupKey: body.dedup_key })),
  judge: judgePagerDuty,
}
