import { z } from 'zod'
import type { SandboxIncident } from '../../state.ts'
import { type Answer, type Ask, type Fake, readBody } from '../fake.ts'
import { SANDBOX_ACCESS } from '../tokens.ts'

const Event = z.looseObject({
  routing_key: z.string(),
  event_action: z.enum(['trigger', 'acknowledge', 'resolve']),
  dedup_key: z.string().max(255).optional(),
  payload: z
    .looseObject({
      summary: z.string().min(1),
      source: z.string().min(1),
      severity: z.enum(['critical', 'error', 'warning', 'info']),
      custom_details: z.record(z.string(), z.unknown()).optional(),
    })
    .optional(),
})

const Incident = z.object({
  key: z.string(),
  status: z.enum(['triggered', 'acknowledged', 'resolved']),
  summary: z.string(),
  severity: z.string(),
  /** Milliseconds since 1970. */
  at: z.number(),
  resolvedAt: z.number().nullable(),
  /** Events that came for it while it was open. */
  events: z.number(),
  details: z.record(z.string(), z.unknown()),
}) satisfies z.ZodType<SandboxIncident>
const Saved = z.object({ incidents: z.array(Incident) })

/** PagerDuty's Events API v2: events with one key are one incident, as long as it is open. */
export function createPagerDutyFake(): Fake {
  let incidents: SandboxIncident[] = []
  return {
    name: 'pagerduty',
    title: 'PagerDuty',
    refusals: {
      // It takes no Authorization: the key is part of each event.
      unauthorized: () => problem(400, 'invalid event', 'Event object is invalid'),
      noSuchPath: () => ({ status: 404, body: { error: { message: 'Not Found', code: 2100 } } }),
      unreadableBody: (message) => problem(400, 'invalid event', `Invalid JSON Object: ${message}`),
      wrongContentType: () => problem(400, 'invalid event', 'Content-Type must be application/json'),
      unavailable: () => problem(503, 'unavailable', 'Service Unavailable'),
      tooManyRequests: () => problem(429, 'throttle exceeded', 'Requests for this service are arriving too quickly.'),
      usualRetryAfter: null,
    },
    routes: [{ method: 'POST', pattern: '/v2/enqueue', use: 'write', answer: (ask) => take(ask, incidents) }],
    accepts: () => true,
    headers: () => ({}),
    snapshot: () => ({ incidents }),
    restore(saved) {
      incidents = Saved.parse(saved).incidents
    },
    reset() {
      incidents = []
    },
    switches: {},
  }
}

const problem = (status: number, word: string, message: string, errors?: string[]): Answer => ({
  status,
  body: { status: word, message, ...(errors ? { errors } : {}) },
})

const invalid = (...errors: string[]): Answer => problem(400, 'invalid event', 'Event object is invalid', errors)

function take({ body, now }: Ask, incidents: SandboxIncident[]): Answer {
  const event = readBody(Event, body, (field, why) => invalid(`'${field}' is invalid: ${why}`))
  if (event.routing_key !== SANDBOX_ACCESS.pagerduty.routingKey) return invalid("'routing_key' is invalid")
  if (event.event_action === 'trigger' && !event.payload) return invalid("'payload' is missing or blank")
  const key = event.dedup_key ?? `sandbox-${incidents.length + 1}`
  const open = incidents.find((each) => each.key === key && each.status !== 'resolved')
  const done = { status: 202, body: { status: 'success', message: 'Event processed', dedup_key: key } }
  if (event.event_action !== 'trigger') {
    // One that is not open is not an error: the event is taken and does nothing.
    if (!open) return done
    open.status = event.event_action === 'resolve' ? 'resolved' : 'acknowledged'
    if (open.status === 'resolved') open.resolvedAt = now
    return { ...done, effects: [{ kind: `incident.${open.status}`, key, detail: {} }] }
  }
  if (open) {
    open.events += 1
    return done
  }
  const { summary, severity, custom_details: details = {} } = event.payload ?? { summary: '', severity: 'critical' }
  incidents.push({ ...{ key, status: 'triggered', summary, severity, at: now }, resolvedAt: null, events: 1, details })
  return { ...done, effects: [{ kind: 'incident.triggered', key, detail: { summary, severity } }] }
}
