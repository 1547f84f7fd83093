import type { BoundCall } from '../domain/operation.ts'
import type { Part } from './jira/adf.ts'
import { createJiraClient } from './jira/client.ts'
import type { Ticket } from './jira/issues.ts'

/** All that somebody needs who takes a step over without having seen its card. */
export interface EscalationContext {
  /** Unique to this escalation, such as run and step: a repetition finds the same ticket. */
  label: string
  /** `Employee onboarding` */
  workflow: string
  /** `Jane Doe` */
  subject: string
  /** `Create the payroll record` */
  step: string
  runId: string
  /** What happened. */
  what: string
  /** What mends it. */
  hint: string
  /** Why it was escalated, in the words of whoever did it. */
  reason: string
  by: string
  /** `2026-11-02 09:14 UTC` */
  since: string
  /** What was done and stays done, one line each. */
  done: readonly string[]
  /** What is safe now, as the failure card says it. */
  safe: string
  /** The card, the vendor's status page. */
  links: readonly { title: string; url: string }[]
}

/** Opens the ticket by which a step is handed over, or finds the one of an earlier try. */
export function openEscalationTicket(call: BoundCall, context: EscalationContext): Promise<Ticket> {
  const summary = `${context.workflow} of ${context.subject}: ${context.step} needs somebody`
  return createJiraClient(call).openTicket({ summary, description: describe(context), label: context.label })
}

function describe(context: EscalationContext): Part[] {
  return [
    { kind: 'heading', text: 'What happened' },
    { kind: 'paragraph', text: context.what },
    { kind: 'paragraph', text: `Failing since ${context.since}.` },
    { kind: 'heading', text: 'What mends it' },
    { kind: 'paragraph', text: context.hint },
    { kind: 'heading', text: 'What is safe now' },
    { kind: 'paragraph', text: context.safe },
    { kind: 'heading', text: 'What was done already' },
    ...doneParts(context.done),
    { kind: 'heading', text: 'Escalated' },
    { kind: 'paragraph', text: `By ${context.by}: ${context.reason}` },
    { kind: 'paragraph', text: `Run ${context.runId}` },
    { kind: 'links', links: context.links },
  ]
}

function doneParts(done: readonly string[]): Part[] {
  return done.length === 0 ? [{ kind: 'paragraph', text: 'Nothing yet.' }] : [{ kind: 'list', items: done }]
}
