import type { Decision, Escalation } from '../../src/domain/run.ts'
import type { DrawContext } from '../drawing.ts'
import { bold, link, moment, outside, type Words } from '../rich-text.ts'
import { count } from '../wording.ts'
import type { Drawn } from './failure-state.ts'

const MOST_STAMPS = 6

const DID: Record<Decision['kind'], string> = {
  retry: '🔁 Retry',
  skip: '⏩ Skip',
  'mark-done': '✅ Marked done',
  escalate: '🆘 Escalated',
  cancel: '⛔ Cancelled the run',
  approve: '✅ Approved',
  refuse: '🚫 Refused',
  delegate: '➡️ Handed over',
  complete: '✅ Done',
  reassign: '➡️ Handed over',
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
  const by: Words = [`${DID[decision.kind]} by `, bold(ctx.name(decision.by), 80), ...to]
  return [...by, ' ', ...moment(decision.at, anchor), ...reason]
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
  if (step.escalation?.status === 'open') {
    const { key, url } = step.escalation.ticket
    return ['Ticket ', link(url, key), ', asked for by ', bold(ctx.name(step.escalation.by), 80), '.']
  }
  if (step.escalation?.status === 'opening') {
    return ['A ticket on its way, asked for by ', bold(ctx.name(step.escalation.by), 80), '.']
  }
  const last = step.decisions.findLast((decision) => decision.by.kind === 'person')
  if (last) return [bold(ctx.name(last.by), 80), ', who decided last, ', ...moment(last.at, run.startedAt), '.']
  if (state.kind === 'retrying' || state.kind === 'trying') return ['Purser, as long as it retries by itself.']
  return ['Nobody yet: whoever decides takes it over. Started by ', bold(ctx.name(run.startedBy), 80), '.']
}
