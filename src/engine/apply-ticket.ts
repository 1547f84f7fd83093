import type { Actor } from '../domain/actor.ts'
import type { StepKey } from '../domain/ids.ts'
import { asksPeople, type Escalation, type Step } from '../domain/run.ts'
import { type Draft, failureFacts } from './draft-change.ts'
import type { EventOf } from './events.ts'

/** Asks for a ticket with the whole context. The step's version stays: other buttons of its card go on working. */
export function requestTicket(draft: Draft, key: StepKey, by: Actor, reason: string): void {
  const attempt = draft.context.ids.attempt()
  const escalation: Escalation = { status: 'opening', by, at: draft.context.now, reason, attempt }
  const step = draft.step(key)
  draft.put({ ...step, escalation, alerted: step.alerted || !asksPeople(step) })
  draft.tell({ kind: 'escalate', step: key, by, text: reason })
  draft.markStep(key)
  draft.hand({ kind: 'ticket', step: key, attempt, earlierCalls: false })
}

type TicketEvent = EventOf<'ticket-opened' | 'ticket-failed'>

/** False when nobody waits for this ticket any more. */
export function ticketAnswered(draft: Draft, event: TicketEvent): boolean {
  const step: Step = draft.step(event.step)
  const before = step.escalation
  if (before?.status !== 'opening' || before.attempt !== event.attempt) return false
  const { by, reason } = before
  const base = { by, reason, at: draft.context.now }
  if (event.kind === 'ticket-opened') {
    draft.put({ ...step, escalation: { ...base, status: 'open', ticket: event.ticket } })
    draft.entry({
      kind: 'escalation.opened',
      step: step.key,
      attempt: event.attempt,
      facts: { ticket: event.ticket.key },
    })
    draft.tell({ kind: 'ticket-opened', step: step.key, by, text: event.ticket.key })
  } else {
    draft.put({ ...step, escalation: { ...base, status: 'failed', failure: event.failure } })
    draft.entry({ kind: 'escalation.failed', step: step.key, attempt: event.attempt, ...failureFacts(event.failure) })
  }
  draft.markStep(step.key)
  draft.markRun(false)
  return true
}

/** The process that was opening the ticket is gone: it is asked for again, and looked for first. */
export function ticketLost(draft: Draft, event: EventOf<'attempt-lost'>): boolean {
  const step = draft.step(event.step)
  if (step.escalation?.status !== 'opening' || step.escalation.attempt !== event.attempt) return false
  const attempt = draft.context.ids.attempt()
  draft.put({ ...step, escalation: { ...step.escalation, attempt } })
  draft.entry({ kind: 'attempt.lost', step: step.key, attempt: event.attempt, facts: { ticket: true } })
  draft.hand({ kind: 'ticket', step: step.key, attempt, earlierCalls: true })
  return true
}
