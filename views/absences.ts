import type { Absence, StandIn } from '../src/domain/absence.ts'
import { type Actor, person } from '../src/domain/actor.ts'
import type { Debt } from '../src/domain/debt.ts'
import type { HistoryLine } from '../src/domain/history-line.ts'
import type { TeamId } from '../src/domain/ids.ts'
import type { Asked } from '../src/domain/wait.ts'
import type { DrawContext } from './drawing.ts'
import { bold, day, outside, type Piece, type Words } from './rich-text.ts'
import { texts } from './texts/index.ts'
import { askedInWords } from './waits-for.ts'

/** `Olga is away until Monday (by the rules)` */
export function isAway({ who, why, until }: { who: Actor } & Pick<Absence, 'why' | 'until'>, ctx: DrawContext): Words {
  const name = bold(ctx.name(who), 80)
  if (why === 'deactivated') return texts.absences.gone(name)
  return texts.absences.away({ who: name, until: until === null ? null : day(until), why })
}

/** What a card says of each who is away, or was, and of who is asked in their place. */
export const standInLines = (standIns: readonly StandIn[], team: TeamId, ctx: DrawContext): Words[] =>
  standIns.map((each): Words => {
    const who = person(team, each.for)
    const name = bold(ctx.name(who), 80)
    const others = outside(askedInWords(each.asked, team, ctx), 150)
    if (each.over) return texts.absences.isBack(name, others)
    return texts.absences.askedInPlace(others, isAway({ ...each, who }, ctx), each.why === 'deactivated' ? null : name)
  })

const LINES = ['rerouted', 'returned', 'out-of-reach', 'debt-rerouted', 'debt-returned'] as const
type Line = (typeof LINES)[number]

/** Whether `absenceNote` tells a line of this kind. */
export const isAbsenceLine = (kind: HistoryLine['kind']): kind is Line => LINES.some((each) => each === kind)

/** The same in the thread, as it happens; empty for what is told where people are mentioned. */
export function absenceNote(line: HistoryLine & { kind: Line }, step: Piece, ctx: DrawContext): Words {
  const says = texts.absences
  const who = line.away ? bold(ctx.name(line.away.who), 80) : says.somebody
  const to: Piece = line.to?.kind === 'person' ? { kind: 'user', user: line.to.user } : says.others
  switch (line.kind) {
    case 'rerouted':
      return []
    case 'returned':
      return says.returned(who, step)
    case 'out-of-reach':
      return says.outOfReach(step)
    case 'debt-returned':
      return says.debtReturned(who, step)
    case 'debt-rerouted':
      return says.debtRerouted(line.away ? isAway(line.away, ctx) : [who], to, step)
  }
}

/** Who owes something, and who looks after it while they are away: `Olga (Mona looks after it)`. */
export function owesIt({ owner, standIn }: Debt, team: TeamId, ctx: DrawContext): string {
  const name = ctx.name(owner)
  return standIn ? texts.absences.lookedAfter(name, askedInWords(standIn.asked, team, ctx)) : name
}

/** Too few are there: what a card says, and the way on. */
export const tooFewAreThere = (isTask: boolean): Words => [
  isTask ? texts.absences.tooFewForTask : texts.absences.tooFewForApproval,
]

/** What `/purser away` answers: until when, and who is asked meanwhile. */
export const askedMeanwhile = (to: Asked | null, team: TeamId, ctx: DrawContext): Words =>
  to === null
    ? [texts.absences.nobodyTakesOver]
    : texts.absences.askedMeanwhile(outside(askedInWords(to, team, ctx), 150))
