import type { AbsenceWhy } from '../../../src/domain/absence.ts'
import type { Piece, Words } from '../../pieces.ts'
import { given, say } from '../say.ts'

const as: Record<Exclude<AbsenceWhy, 'deactivated'>, string> = {
  said: 'as they said',
  rules: 'by the rules',
  status: 'by their Slack status',
}

/** Who is away, and who is asked in their place. */
export const absences = {
  somebody: 'Somebody',
  others: 'others',
  gone: (who: Piece) => say`${who} is not in the workspace any more`,
  away: ({ who, until, why }: { who: Piece; until: Piece | null; why: keyof typeof as }) =>
    say`${who} is away${given(until, (end) => say` until ${end}`)} (${as[why]})`,
  isBack: (who: Piece, others: Piece) => say`↩️ ${who} is back; ${others}, asked meanwhile, may still answer.`,
  askedInPlace: (others: Piece, isAway: Words, mayAnswer: Piece | null) =>
    say`🌴 Asked of ${others} while ${isAway}.${given(mayAnswer, (who) => say` ${who} may still answer.`)}`,
  returned: (who: Piece, step: Piece) => say`↩️ ${who} is back and may answer ${step} too`,
  outOfReach: (step: Piece) => say`⚠️ Too few people are there to answer ${step}`,
  debtReturned: (who: Piece, step: Piece) => say`↩️ ${who} is back and looks after what is owed for ${step}`,
  debtRerouted: (isAway: Words, to: Piece, step: Piece) =>
    say`🌴 ${isAway}: ${to} looks after what is owed for ${step}`,
  lookedAfter: (owner: string, by: string) => `${owner} (away; ${by} looks after it)`,
  tooFewForTask:
    '⚠️ All who are asked are away or gone, and nobody stands in for them. Whoever may escalate can hand it to somebody else.',
  tooFewForApproval:
    '⚠️ Too many of those who may decide are away or gone, and nobody stands in for them. Whoever may escalate can ask somebody else.',
  nobodyTakesOver:
    'Nobody takes over what you are asked: name somebody with /purser away until 2026-12-24 @somebody, or ask ops.',
  askedMeanwhile: (who: Piece) => say`${who} is asked in your place. You may still answer yourself.`,
}
