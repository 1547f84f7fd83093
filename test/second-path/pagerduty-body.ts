import { z } from 'zod'

/** An event as PagerDuty documents it: developer.pagerduty.com, Events API v2, "Send an Alert Event". */
export const PagerDutyBody = z
  .strictObject({
    routing_key: z.string().regex(/^[A-Za-z0-9]{32}$/),
    event_action: z.enum(['trigger', 'acknowledge', 'resolve']),
    dedup_key: z.string().max(255).optional(),
    payload: z
      .strictObject({
        summary: z.string().min(1).max(1_024),
        source: z.string().min(1),
        severity: z.enum(['critical', 'error', 'warning', 'info']),
        timestamp: z.iso.datetime({ offset: true }).optional(),
        component: z.string().optional(),
        group: z.string().optional(),
        class: z.string().optional(),
        custom_details: z.record(z.string(), z.unknown()).optional(),
      })
      .optional(),
    client: z.string().optional(),
    client_url: z.url().optional(),
    links: z.array(z.strictObject({ href: z.url(), text: z.string().optional() })).optional(),
    images: z.array(z.strictObject({ src: z.url(), href: z.url().optional(), alt: z.string().optional() })).optional(),
  })
  .refine(({ event_action, payload }) => event_action !== 'trigger' || payload !== undefined, 'a trigger has a payload')
  .refine(
    ({ event_action, dedup_key }) => event_action === 'trigger' || dedup_key !== undefined,
    'dedup_key is missing',
  )
