import { type Actor, actorText, person } from '../../src/domain/actor.ts'
import { UserId } from '../../src/domain/ids.ts'
import type { Decision, Escalation, Run, Step } from '../../src/domain/run.ts'
import type { DrawContext } from '../drawing.ts'
import { tameLine } from '../outside-text.ts'
import { bold, link, moment, outside, type Piece, time, type Words } from '../rich-text.ts'
import { texts } from '../texts/index.ts'
import type { Drawn } from './failure-state.ts'

const MOST_STAMPS = 6
const MOST_CHANGES = 5

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
    ...(earlier > 0 ? [[texts.decisions.earlier(earlier)]] : []),
    ...shown.map((decision) => stamp(decision, run.startedAt, ctx)),
    ...(step.escalation ? [ticket(step.escalation, isTold(step.escalation, shown) ? null : run.startedAt, ctx)] : []),
  ]
}

/** What a cancelled run's own ending tells already. */
export const cancelOf = ({ history }: Run, step: Step): Decision | null =>
  history.some(({ kind }) => kind === 'cancel' || kind === 'restart')
    ? (step.decisions.findLast(({ kind }) => kind === 'cancel' || kind === 'restart') ?? null)
    : null

/** `🔁 Retry by Jane Doe at 10:05: reason` */
function stamp(decision: Decision, anchor: number, ctx: DrawContext): Words {
  const { kind, by, at, to, reason } = decision
  const named = (who: Actor): Piece => bold(ctx.name(who), 80)
  return texts.decisions.stamp({
    kind,
    by: named(by),
    inPlaceOf: decision.for && by.kind === 'person' ? named(person(by.team, decision.for)) : null,
    to: to ? named(to) : null,
    confirmedBy: confirmedBy(decision, ctx),
    at: moment(at, anchor),
    changes: changesInWords(decision, ctx),
    reason: reason ? outside(reason, 250) : null,
  })
}

/** The second person, where the rules asked for one. */
export const confirmedBy = (decision: Decision | undefined, ctx: DrawContext): Piece | null =>
  decision?.confirmedBy ? bold(ctx.name(decision.confirmedBy), 80) : null

/** `Role: Sales → Engineer` */
export function changesInWords({ changes = [], by }: Decision, ctx: DrawContext): Piece | null {
  if (changes.length === 0) return null
  const nameOf = (text: string): string => {
    const user = UserId.safeParse(text)
    return user.success && by.kind === 'person' ? ctx.name(person(by.team, user.data)) : text
  }
  const told = changes.slice(0, MOST_CHANGES).map(({ label, old, now, isPerson }) => {
    const shown = (value: string): string => (value === '' ? texts.decisions.empty : isPerson ? nameOf(value) : value)
    return `${label}: ${tameLine(shown(old), 60)} → ${tameLine(shown(now), 60)}`
  })
  const more = changes.length > MOST_CHANGES ? [texts.words.andMore(changes.length - MOST_CHANGES)] : []
  return outside([...told, ...more].join('; '), 400)
}

/** Whether the line above it is that somebody escalated. */
const isTold = ({ by }: Escalation, shown: readonly Decision[]): boolean =>
  shown.some(({ kind, by: decider }) => kind === 'escalate' && actorText(decider) === actorText(by))

/** Without an anchor, who asked for it has been told. */
function ticket(escalation: Escalation, anchor: number | null, ctx: DrawContext): Words {
  const says = texts.decisions
  const asked = anchor === null ? null : { by: outside(ctx.name(escalation.by), 80), at: moment(escalation.at, anchor) }
  switch (escalation.status) {
    case 'opening':
      return says.ticketOpening(asked)
    case 'open':
      return says.ticket(link(escalation.ticket.url, escalation.ticket.key), asked)
    case 'failed':
      return says.ticketFailed(outside(escalation.failure.message, 250), asked)
  }
}

/** Who looks after the step: whoever holds the ticket or decided last; else that nobody does yet. */
export function ownerOf({ run, step, state }: Drawn, ctx: DrawContext): Words {
  const says = texts.failureCard
  const named = (who: Actor): Piece => bold(ctx.name(who), 80)
  if (step.owner) {
    const { by, since, until } = step.owner
    return says.tookOver({ by: named(by), at: moment(since, run.startedAt), until: time(until, run.startedAt) })
  }
  if (step.escalation?.status === 'open') {
    const { key, url } = step.escalation.ticket
    return says.ticket(link(url, key), named(step.escalation.by))
  }
  if (step.escalation?.status === 'opening') return says.ticketOpening(named(step.escalation.by))
  const last = step.decisions.findLast((decision) => decision.by.kind === 'person')
  if (last) return says.decidedLast(named(last.by), moment(last.at, run.startedAt))
  if (state.kind === 'held') return [says.ownedByHold]
  if (state.kind === 'retrying' || state.kind === 'trying') return [says.ownedByPurser]
  return says.ownedByNobody(named(run.startedBy))
}
