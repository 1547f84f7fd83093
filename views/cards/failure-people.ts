import { person } from '../../src/domain/actor.ts'
import { UserId } from '../../src/domain/ids.ts'
import type { Decision, Escalation } from '../../src/domain/run.ts'
import type { DrawContext } from '../drawing.ts'
import { tameLine } from '../outside-text.ts'
import { bold, link, moment, outside, time, type Words } from '../rich-text.ts'
import { count } from '../wording.ts'
import type { Drawn } from './failure-state.ts'

const MOST_STAMPS = 6
const MOST_CHANGES = 5

const DID: Record<Decision['kind'], string> = {
  retry: '🔁 Retry',
  skip: '⏩ Skip',
  'mark-done': '✅ Marked done',
  escalate: '🆘 Escalated',
  cancel: '⛔ Run cancelled',
  approve: '✅ Approved',
  refuse: '🚫 Refused',
  delegate: '➡️ Handed over',
  complete: '✅ Done',
  reassign: '➡️ Handed over',
  edit: '✏️ Input changed and retried',
  restart: '🔄 Run restarted',
  'take-over': '✋ Taken over',
  propose: '🤝 Proposed',
  withdraw: '🤝 Proposal withdrawn',
  'use-rules': '📝 Today’s rules taken',
  'close-debt': '✅ Debt closed',
  'hand-over-debt': '➡️ Debt handed over',
  pause: '⏸️ Run paused',
  resume: '▶️ Run resumed',
}

/** What people decided about the step, oldest first, each with name, time and reason; then the ticket. */
export function stamps(
  { run, step }: Pick<Drawn, 'run' | 'step'>,
  ctx: DrawContext,
  told: Decision | null = null,
): Words[] {
  const decisions = step.decisions.filter((decision) => decision.entry !== told?.entry)
  const shown = decisions.slice(-MOST_STAMPS)
  const earlier = decisions.length - shown.length
  return [
    ...(earlier > 0 ? [[count(earlier, 'earlier decision')]] : []),
    ...shown.map((decision) => stamp(decision, run.startedAt, ctx)),
    ...(step.escalation ? [ticket(step.escalation, run.startedAt, ctx)] : []),
  ]
}

/** `🔁 Retry by Jane Doe at 10:05: reason` */
function stamp(decision: Decision, anchor: number, ctx: DrawContext): Words {
  const reason: Words = decision.reason ? [': ', outside(decision.reason, 250)] : []
  const to: Words = decision.to ? [' to ', bold(ctx.name(decision.to), 80)] : []
  const place: Words =
    decision.for && decision.by.kind === 'person'
      ? [' in the place of ', bold(ctx.name(person(decision.by.team, decision.for)), 80)]
      : []
  const by: Words = [
    `${DID[decision.kind]} by `,
    bold(ctx.name(decision.by), 80),
    ...place,
    ...to,
    ...confirmed(decision, ctx),
  ]
  return [...by, ' ', ...moment(decision.at, anchor), ...changesInWords(decision, ctx), ...reason]
}

/** `, confirmed by Jane Doe` where the rules asked for a second person. */
export const confirmed = ({ confirmedBy }: Decision, ctx: DrawContext): Words =>
  confirmedBy ? [', confirmed by ', bold(ctx.name(confirmedBy), 80)] : []

/** ` (Role: Sales → Engineer)` */
export function changesInWords({ changes = [], by }: Decision, ctx: DrawContext): Words {
  if (changes.length === 0) return []
  const nameOf = (text: string): string => {
    const user = UserId.safeParse(text)
    return user.success && by.kind === 'person' ? ctx.name(person(by.team, user.data)) : text
  }
  const told = changes.slice(0, MOST_CHANGES).map(({ label, old, now, isPerson }) => {
    const shown = (value: string): string => (value === '' ? 'nothing' : isPerson ? nameOf(value) : value)
    return `${label}: ${tameLine(shown(old), 60)} → ${tameLine(shown(now), 60)}`
  })
  const more = changes.length > MOST_CHANGES ? [`and ${changes.length - MOST_CHANGES} more`] : []
  return [' (', outside([...told, ...more].join('; '), 400), ')']
}

function ticket(escalation: Escalation, anchor: number, ctx: DrawContext): Words {
  const asked: Words = [', asked for by ', outside(ctx.name(escalation.by), 80), ' ', ...moment(escalation.at, anchor)]
  switch (escalation.status) {
    case 'opening':
      return ['🎫 A ticket is being opened', ...asked]
    case 'open':
      return ['🎫 Ticket ', link(escalation.ticket.url, escalation.ticket.key), ...asked]
    case 'failed':
      return ['🎫 The ticket could not be opened', ...asked, ': ', outside(escalation.failure.message, 250)]
  }
}

/** Who looks after the step: whoever holds the ticket or decided last; else that nobody does yet. */
export function ownerOf({ run, step, state }: Drawn, ctx: DrawContext): Words {
  if (step.owner) {
    const { by, since, until } = step.owner
    const when = [...moment(since, run.startedAt), ', until ', time(until, run.startedAt), '.']
    return [bold(ctx.name(by), 80), ', who took it over ', ...when]
  }
  if (step.escalation?.status === 'open') {
    const { key, url } = step.escalation.ticket
    return ['Ticket ', link(url, key), ', asked for by ', bold(ctx.name(step.escalation.by), 80), '.']
  }
  if (step.escalation?.status === 'opening') {
    return ['A ticket on its way, asked for by ', bold(ctx.name(step.escalation.by), 80), '.']
  }
  const last = step.decisions.findLast((decision) => decision.by.kind === 'person')
  if (last) return [bold(ctx.name(last.by), 80), ', who decided last, ', ...moment(last.at, run.startedAt), '.']
  if (state.kind === 'held') return ['Purser: it goes on when what holds it ends.']
  if (state.kind === 'retrying' || state.kind === 'trying') return ['Purser, as long as it retries by itself.']
  return ['Nobody yet: whoever decides takes it over. Started by ', bold(ctx.name(run.startedBy), 80), '.']
}
