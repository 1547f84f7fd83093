import type { Absence, AbsenceWhy, StandIn } from '../src/domain/absence.ts'
import { type Actor, person } from '../src/domain/actor.ts'
import type { Debt } from '../src/domain/debt.ts'
import type { TeamId } from '../src/domain/ids.ts'
import type { HistoryLine } from '../src/domain/run.ts'
import type { Asked } from '../src/domain/wait.ts'
import type { DrawContext } from './drawing.ts'
import { bold, day, outside, type Words } from './rich-text.ts'
import { askedInWords } from './waits-for.ts'

const BY: Record<AbsenceWhy, string> = {
  deactivated: '',
  said: ' (as they said)',
  rules: ' (by the rules)',
  status: ' (by their Slack status)',
}

/** `Olga is away until Monday (by the rules)` */
export function isAway({ who, why, until }: { who: Actor } & Pick<Absence, 'why' | 'until'>, ctx: DrawContext): Words {
  const name = bold(ctx.name(who), 80)
  if (why === 'deactivated') return [name, ' is not in the workspace any more']
  return [name, ' is away', ...(until === null ? [] : [' until ', day(until)]), BY[why]]
}

/** What a card says of each who is away, or was, and of who is asked in their place. */
export const standInLines = (standIns: readonly StandIn[], team: TeamId, ctx: DrawContext): Words[] =>
  standIns.map((each): Words => {
    const who = person(team, each.for)
    const others = outside(askedInWords(each.asked, team, ctx), 150)
    if (each.over) return ['↩️ ', bold(ctx.name(who), 80), ' is back; ', others, ', asked meanwhile, may still answer.']
    const too: Words = each.why === 'deactivated' ? [] : [' ', bold(ctx.name(who), 80), ' may still answer.']
    return ['🌴 Asked of ', others, ' while ', ...isAway({ ...each, who }, ctx), '.', ...too]
  })

const LINES = ['rerouted', 'returned', 'out-of-reach', 'debt-rerouted', 'debt-returned'] as const
type Line = (typeof LINES)[number]

/** Whether `absenceNote` tells a line of this kind. */
export const isAbsenceLine = (kind: HistoryLine['kind']): kind is Line => LINES.some((each) => each === kind)

/** The same in the thread, as it happens; empty for what is told where people are mentioned. */
export function absenceNote(line: HistoryLine & { kind: Line }, step: Words[number], ctx: DrawContext): Words {
  const who = line.away ? bold(ctx.name(line.away.who), 80) : 'Somebody'
  const to: Words[number] = line.to?.kind === 'person' ? { kind: 'user', user: line.to.user } : 'others'
  switch (line.kind) {
    case 'rerouted':
      return []
    case 'returned':
      return ['↩️ ', who, ' is back and may answer ', step, ' too']
    case 'out-of-reach':
      return ['⚠️ Too few are there to answer ', step]
    case 'debt-returned':
      return ['↩️ ', who, ' is back and looks after what is owed for ', step]
    case 'debt-rerouted':
      return ['🌴 ', ...(line.away ? isAway(line.away, ctx) : [who]), ': ', to, ' looks after what is owed for ', step]
  }
}

/** Who owes something, and who looks after it while they are away: `Olga (Mona looks after it)`. */
export function owesIt({ owner, standIn }: Debt, team: TeamId, ctx: DrawContext): string {
  const name = ctx.name(owner)
  return standIn ? `${name} (away; ${askedInWords(standIn.asked, team, ctx)} looks after it)` : name
}

/** Too few are there: what a card says, and the way on. */
export const tooFewAreThere = (isTask: boolean): Words => [
  isTask
    ? '⚠️ Nobody who is asked is there, and nobody takes over. Whoever may escalate can hand it to somebody else.'
    : '⚠️ Too few of those who may decide are there, and nobody takes over. Whoever may escalate can ask somebody else.',
]

/** What `/purser away` answers: until when, and who is asked meanwhile. */
export const askedMeanwhile = (to: Asked | null, team: TeamId, ctx: DrawContext): Words =>
  to === null
    ? ['Nobody takes over what you are asked: name somebody with /purser away until 2026-12-24 @somebody, or ask ops.']
    : [outside(askedInWords(to, team, ctx), 150), ' is asked in your place. You may still answer yourself.']
