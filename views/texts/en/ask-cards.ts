import type { AtExpiry } from '../../../src/domain/wait.ts'
import type { Piece, Words } from '../../pieces.ts'
import type { RemindChoice } from '../../references.ts'
import { given, say } from '../say.ts'
import { because } from './asides.ts'
import { count } from './count.ts'

const approvals = {
  waiting: '🟡 Approval needed',
  passed: '⏳ Passed without an answer',
  approved: '✅ Approved',
  late: '🚫 Not approved in time',
  refused: '🚫 Refused',
  over: '⛔ No longer needed',
}

const tasks = {
  waiting: '📋 To do',
  overdue: '⏰ Overdue',
  done: '✅ Done',
  skipped: '⏩ Skipped',
  over: '⛔ No longer needed',
}

const atExpiry: Record<AtExpiry, string> = {
  refuse: 'it counts as refused',
  approve: 'it passes all the same, as the rules say',
  escalate: 'a ticket is opened',
}

const remindMe: Record<RemindChoice, string> = {
  hours: '🔔 Remind me in 2 hours',
  tomorrow: '🔔 Remind me tomorrow at 9',
  monday: '🔔 Remind me on Monday at 9',
}

interface HandedOver {
  asked: Words
  by: Piece
  step: Piece
  why: Piece | null
  /** What ends the sentence, where the reason does not. */
  end: string
}

/** The cards on which people are asked, and what reminds them. */
export const askCards = {
  approval: (state: keyof typeof approvals, step: string) => `${approvals[state]}: ${step}`,
  task: (state: keyof typeof tasks, step: string) => `${tasks[state]}: ${step}`,
  askedForBy: (who: Piece) => say`Asked for by ${who}:`,

  whoDecides: 'Who decides',
  deciders: (who: Words, approvals: string) => say`${who}. ${approvals} so far.`,
  nobodyTheirOwn: 'Nobody approves what they have started themselves or what is about them.',
  untilWhen: 'Until when',
  expires: (by: Piece, outcome: AtExpiry) => say`If it is not decided by ${by}, ${atExpiry[outcome]}.`,
  othersToo: (from: Piece, who: Piece) => say`From ${from} on, ${who} may decide too.`,
  passed: (at: Words) => say`It passed ${at}, as the rules say: not enough people answered in time.`,
  approved: (by: Piece, at: Words) => say`Approved by ${by} ${at}.`,
  approvedBy: (people: number, at: Words) => say`Approved ${at}, by ${count(people, 'person', 'people')}:`,
  countsAsRefused: (at: Words, reason: Piece) => say`Counted as refused ${at}: ${reason}`,
  notAsked: 'It is not asked any more.',
  approve: 'Approve',
  refuse: 'Refuse…',
  askSomebodyElse: 'Ask somebody else…',

  whatIsToBeDone: 'What is to be done',
  whoDoesIt: 'Who does it',
  doers: (who: Words) => say`${who}.`,
  doersBy: (who: Words, due: Piece) => say`${who}, by ${due}.`,
  doersLate: (who: Words, due: Piece) => say`${who}. It was due ${due}.`,
  done: (by: Piece | null, at: Words) => say`Done${given(by, (who) => say` by ${who}`)} ${at}:`,
  notNeeded: 'It is not needed any more.',
  markDone: 'Done…',

  delegated: ({ asked, by, step, why, end }: HandedOver) =>
    say`➡️ ${asked}: ${by} hands the decision on ${step} over to you${because(why)}${end}`,
  reassigned: ({ asked, by, step, why, end }: HandedOver) =>
    say`➡️ ${asked}: ${by} hands ${step} over to you${because(why)}${end}`,
  rerouted: (asked: Words, isAway: Words, step: Piece) =>
    say`🌴 ${asked}: ${isAway}, so that you are asked for ${step} in their place.`,
  widened: (asked: Words, step: Piece, waited: string) =>
    say`🔔 ${asked}: nobody has decided on ${step} for ${waited}, so that you may now too.`,
  overdue: (asked: Words, step: Piece) => say`⏰ ${asked}: ${step} is overdue.`,
  waiting: (asked: Words, step: Piece, waited: string) =>
    say`🔔 ${asked}: ${step} has been waiting for you for ${waited}.`,
  decideUntil: (until: Piece) => say`It can be decided until ${until}.`,
  due: (at: Piece) => say`Due ${at}.`,
  remindMe,
  reminder: '🔔 You wanted to be reminded of this:',
}
