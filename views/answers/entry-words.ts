import { Actor } from '../../src/domain/actor.ts'
import type { EntryCore, EntryKind } from '../../src/domain/entry.ts'
import type { DrawContext } from '../drawing.ts'
import { duration } from '../times.ts'

const SAYS: Record<EntryKind, string> = {
  'run.started': '▶️ Run started',
  'run.ended': '✔️ Run ended',
  'run.held': '⏸️ Run held back',
  'run.released': '▶️ Run goes on',
  'run.adopted': '🔧 Run goes by a new definition',
  'run.cleared': '✅ Nothing owed any more',
  'step.succeeded': '✅ Step done',
  'step.backing-off': '🔁 Step waits for its next try',
  'step.failed': '🔴 Step failed',
  'step.unknown': '🟠 Step: outcome unknown',
  'step.not-needed': '➖ Step not needed',
  'step.waiting': '🟡 Step waits',
  'step.reminded': '🔔 People reminded',
  'step.overdue': '⏰ Task overdue',
  'step.widened': '🔔 Others asked too',
  'step.rerouted': '🌴 Asked of others in somebody’s place',
  'step.returned': '↩️ Asked of somebody who is back',
  'step.out-of-reach': '⚠️ Too few are there to answer',
  'step.expired': '⏳ Approval expired',
  'step.refused': '🚫 Approval refused',
  'step.undone': '↩️ Step undone',
  'step.held': '⏸️ Step held',
  'step.released': '▶️ Step goes on',
  'step.late-answer': '⏱️ Answer came late',
  'attempt.lost': 'Attempt lost',
  'call.intended': '➡️ Sent',
  'call.answered': '📥 Answered',
  'call.unanswered': '🟠 Not answered',
  'decision.retry': '🔁 Retry decided',
  'decision.skip': '⏩ Skip decided',
  'decision.mark-done': '✅ Marked done',
  'decision.escalate': '🆘 Escalated',
  'decision.cancel': '⛔ Cancel decided',
  'decision.approve': '✅ Approved',
  'decision.refuse': '🚫 Refused',
  'decision.delegate': '➡️ Decision handed over',
  'decision.complete': '✅ Task done',
  'decision.reassign': '➡️ Task handed over',
  'decision.edit': '✏️ Input changed',
  'decision.restart': '🔄 Restart decided',
  'decision.take-over': '✋ Step taken over',
  'decision.propose': '🤝 Proposed',
  'decision.withdraw': '🤝 Proposal withdrawn',
  'decision.use-rules': '📝 Today’s rules taken',
  'decision.close-debt': '✅ Debt closed',
  'decision.hand-over-debt': '➡️ Debt handed over',
  'decision.pause': '⏸️ Run paused',
  'decision.resume': '▶️ Run resumed',
  'decision.refused': '🚫 Decision refused',
  'proposal.expired': '🤝 Proposal expired',
  'step.lapsed': '✋ Nobody’s again',
  'debt.due': '🔔 Owner of a debt reminded',
  'debt.rerouted': '🌴 Debt looked after in somebody’s place',
  'absence.said': '🌴 Somebody said that they are away',
  'ask.snoozed': '🔔 Somebody wants to be reminded later',
  'ask.reminded': '🔔 Somebody was reminded',
  'absence.ended': '↩️ Somebody said that they are back',
  'bulk.started': '🔁 Bulk retry started',
  'bulk.stopped': '🔁 Bulk retry stopped',
  'bulk.ended': '🔁 Bulk retry ended',
  'workflow.deployed': '🔧 Workflow deployed',
  'click.received': 'Click received',
  'command.received': 'Command received',
  'submission.received': 'Form received',
  'event.received': 'Event received',
  'webhook.received': '📨 Received from outside',
  'inbox.kept': '📨 Kept for a step that will wait for it',
  'inbox.stuck': '📨 Received, and cannot be used',
  'inbox.taken': '📨 Received, and taken by a run',
  'inbox.ignored': '📨 Received, and left out by the rules',
  'inbox.dismissed': '📨 Dismissed',
  'inbox.retried': '📨 Tried again',
  'alert.raised': '⏰ Alert raised',
  'alert.settled': '⏰ Alert settled',
  'schedule.fired': '🗓️ Schedule fired',
  'schedule.skipped': '🗓️ Missed time of a schedule skipped',
  'escalation.opened': '🎫 Ticket opened',
  'escalation.failed': '🎫 Ticket could not be opened',
  'hold.opened': '⏸️ Hold opened',
  'hold.decided': 'Hold decided about',
  'hold.releasing': '▶️ Hold ends: what it held goes on',
  'hold.reopened': '⏸️ Hold opened again',
  'hold.closed': '✔️ Hold closed',
  'card.undeliverable': '⚠️ Card could not be delivered',
  'card.moved': '📍 Card shown elsewhere',
  'alert.accepted': '🔔 Alert in Slack',
  'alert.told': '📧 Alert sent on the second path',
  'mail.intended': '📧 E-mail about to leave',
  'mail.accepted': '📧 E-mail accepted',
  'mail.refused': '📧 E-mail not accepted',
  'watchdog.alerted': '🐕 Alert of the watchdog',
  'rules.changed': '📝 Rules changed',
  'subject.erased': '🧹 Subject erased',
  'ledger.read': '🔎 Ledger read',
  'ledger.archived': '🗄️ Older entries moved into a segment',
  'checkpoint.signed': '🔏 Checkpoint of the ledger signed',
  'checkpoint.anchored': '⚓ Checkpoint of the ledger kept outside',
  'purser.started': 'Purser started',
}

/** What an entry says in a line: `📥 Answered · GitHub org-invitation.create · 201 · 412 ms` */
export function entryWords(core: EntryCore, ctx: DrawContext): string {
  const call = core.service ? [ctx.service(core.service), core.operation].filter(Boolean).join(' ') : ''
  const status = core.status === undefined ? '' : `${core.status}`
  const took = core.duration === undefined ? '' : milliseconds(core.duration)
  return [SAYS[core.kind], call, status, took].filter(Boolean).join(' · ')
}

const milliseconds = (ms: number): string => (ms < 1_000 ? `${ms} ms` : duration(ms))

/** The name behind an entry's actor: `slack:T…/U…`, `purser:engine` or `purser:hook/contracts`; the text itself when it is neither. */
export function actorName(text: string, ctx: DrawContext): string {
  const [origin, rest = ''] = text.split(':', 2)
  const [first = '', second] = rest.split('/', 2)
  const machine = { kind: origin === 'purser' ? 'machine' : '', part: first, ...(second ? { name: second } : {}) }
  const parsed = Actor.safeParse(origin === 'slack' ? { kind: 'person', team: first, user: second } : machine)
  return parsed.success ? ctx.name(parsed.data) : text
}
