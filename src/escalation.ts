import { safeRetry } from '../views/safe-retry.ts'
import type { EscalationContext } from './connectors/escalation-ticket.ts'
import { openEscalationTicket } from './connectors/escalation-ticket.ts'
import type { Actor } from './domain/actor.ts'
import { type StepKey, shortId } from './domain/ids.ts'
import { outlineOf } from './domain/outline.ts'
import { type Run, type Step, settled } from './domain/run.ts'
import type { WorkflowDefinition } from './engine/define-workflow.ts'
import type { OpenIncidentTicket } from './engine/incident-ticket.ts'
import type { OpenTicket } from './engine/workers.ts'

interface Names {
  name(actor: Actor): string
  service(name: string): string
}

/** Opens the ticket of an escalation with the whole context, as its card tells it. */
export const escalationOpener =
  (names: Names): OpenTicket =>
  (call, about) =>
    openEscalationTicket(call, contextOf(about, names))

function contextOf(
  { run, step, definition }: { run: Run; step: Step; definition: WorkflowDefinition },
  names: Names,
): EscalationContext {
  const failing = 'failing' in step ? step.failing : null
  const titleOf = (key: StepKey): string => outlineOf(definition.outline, key)?.title ?? key
  const safe = safeRetry(step, names.service)
  return {
    label: `purser-${shortId(run.id)}-${step.key}-${step.escalation?.at ?? 0}`,
    workflow: definition.title,
    subject: run.subject.label,
    step: titleOf(step.key),
    runId: run.id,
    what: failing?.failure.message ?? 'Nothing has failed so far.',
    hint: failing?.failure.hint ?? 'See the run with /process.',
    reason: step.escalation?.reason ?? '',
    by: step.escalation ? names.name(step.escalation.by) : 'Purser',
    since: `${new Date(failing?.since ?? run.startedAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    done: run.steps.filter(settled).map((each) => `${titleOf(each.key)}: ${each.status}`),
    safe: safe.repeated.map((each) => `${each.call.title}: ${each.why}`).join('; ') || 'A retry sends nothing again.',
    links: [],
  }
}

/** Opens the ticket about an incident, which is no single run's. */
export const openIncidentTicket: OpenIncidentTicket = (call, { hold, runs }) =>
  openEscalationTicket(call, {
    label: `purser-incident-${shortId(hold.id)}-${hold.escalation?.at ?? 0}`,
    workflow: 'Incident',
    subject: hold.scope.of === 'service' ? hold.scope.service : 'a service',
    step: `${runs} runs`,
    runId: hold.id,
    what: hold.failure.message,
    hint: hold.failure.hint,
    reason: hold.escalation?.reason ?? '',
    by: hold.escalation?.by.kind === 'person' ? hold.escalation.by.user : 'Purser',
    since: `${new Date(hold.since).toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    done: [],
    safe: 'What waits is held; nothing is sent until it goes on.',
    links: [],
  })
