import { bold, type Piece, type Words } from '../../pieces.ts'
import { given, say } from '../say.ts'
import { count } from './count.ts'

const are = (amount: number): string => `${count(amount, 'thing')} ${amount === 1 ? 'is' : 'are'}`
const runsWait = (runs: number): string => `${count(runs, 'run')} ${runs === 1 ? 'waits' : 'wait'}`
const runsOfYours = (runs: number): string => `${count(runs, 'run')} of yours`

const sign = (isLate: boolean): string => (isLate ? '🔴' : '🟡')

interface Tallied {
  carriedOut: number
  succeeded: number
  refused: number
  /** How long half of them took at most. */
  within: string | null
}

/** Lists of what stands open, as they are asked for. */
export const lists = {
  onlyHeld: '⏸️ No run waits for somebody to decide, but not everything goes on.',
  andMore: (amount: number) => `And ${amount} more.`,

  runs: {
    stuck: { none: '✅ Nothing is stuck.', some: (runs: number) => `🔴 ${runsWait(runs)} for somebody.` },
    'needs-you': {
      none: '✅ Nothing needs you right now.',
      some: (runs: number) => `🔴 ${runsWait(runs)} for a decision that you may take.`,
    },
    'in-flight': { none: 'Nothing is under way.', some: (runs: number) => `🔵 ${count(runs, 'run')} under way.` },
    waiting: {
      none: 'Nothing waits for anybody.',
      some: (runs: number) => `🟡 ${runsWait(runs)} for somebody or for a time.`,
    },
    'my-waits': {
      none: 'Nothing of yours waits for anybody.',
      some: (runs: number) => `🟡 ${runsOfYours(runs)} ${runs === 1 ? 'waits' : 'wait'} for somebody.`,
    },
    'my-runs': {
      none: 'Nothing of yours is under way.',
      some: (runs: number) => `🔵 ${runsOfYours(runs)} under way.`,
    },
  },
  moreRuns: (runs: number) => `And ${runs} more: ask for one of them by name or id.`,

  asks: (amount: number) => `🟡 ${count(amount, 'thing')} ${amount === 1 ? 'waits' : 'wait'} for your answer.`,
  moreAsks: (amount: number) => `And ${amount} more, which come up here once these are answered.`,
  ask: ({ about, waits, remindAt }: { about: Piece; waits: Words | null; remindAt: Piece | null }) =>
    say`🟡 ${about}${given(waits, (how) => say` ${how}`)}${given(remindAt, (at) => say`. 🔔 You are reminded ${at}.`)}`,

  due: {
    late: { none: '✅ Nothing is late.', some: (amount: number) => `🔴 ${are(amount)} late.` },
    due: { none: 'Nothing is due soon.', some: (amount: number) => `🟡 ${are(amount)} due soon.` },
    owed: { none: '✅ Nothing is owed.', some: (amount: number) => `☑️ ${are(amount)} still owed.` },
  },
  dueThen: ({ amount, since, until }: { amount: number; since: Piece; until: Piece }) =>
    say`${amount === 0 ? 'Nothing is due' : `🟡 ${are(amount)} due`} between ${since} and ${until}.`,
  owed: ({ step, isLate, owner, due }: { step: Piece; isLate: boolean; owner: Piece | null; due: Piece }) =>
    say`${sign(isLate)} ${step} was skipped and is owed${given(owner, (who) => say` by ${who}`)}, ${isLate ? 'overdue since' : 'due'} ${due}`,
  isDue: ({ step, isLate, waits, ends }: { step: Piece; isLate: boolean; waits: Words | null; ends: Piece | null }) =>
    say`${sign(isLate)} ${step}${given(waits, (how) => say` ${how}`)}${given(ends, (at) => say`; it expires ${at}`)}`,

  debts: (amount: number, late: number) => `☑️ ${are(amount)} still owed${late > 0 ? `, ${late} overdue` : ''}.`,
  moreDebts: (amount: number) => `And ${amount} more, which come up here once these are closed.`,
  debt: (owed: { step: Piece; subject: Piece; run: string; who: Piece; due: Words; reason: Piece }) =>
    say`${owed.step} for ${owed.subject} (run ${owed.run}): ${owed.who} owes it, ${owed.due}. ${owed.reason}`,
  wasDue: (at: Piece) => say`⏰ was due ${at}`,
  dueOn: (at: Piece) => say`due ${at}`,
  closeDebt: 'Close…',

  nothingCame: '✅ Everything that came from outside has been dealt with.',
  came: (amount: number) => `📥 ${count(amount, 'thing')} that came from outside ${amount === 1 ? 'waits' : 'wait'}.`,
  moreCame: (amount: number) => `And ${amount} more, which come up here once these are dealt with.`,
  cameFrom: ({ source, type, at }: { source: Piece; type: Piece | null; at: Piece }) =>
    say`${source}${given(type, (kind) => say` ${kind}`)}, ${at}`,
  kept: (what: Words, event: Piece) => say`⏳ ${what}: kept until a step waits for ${event}.`,
  keptFor: 'it',
  received: (what: Words) => say`⏳ ${what}: received, and being dealt with.`,
  stuckWith: (what: Words, message: Piece, hint: Piece) => say`⚠️ ${what}: ${message} ${hint}`,
  stuckAs: (what: Words, reason: Words) => say`⚠️ ${what}: ${reason}.`,

  astray: '⚠️ Cards that cannot be shown where they belong',
  tryAgain: 'Try again',
  tryCardsAgain: 'Try again to show these cards',
  noneAstray: '✅ Every card is where it belongs already.',
  tryingAgain: (cards: number) =>
    `🔄 Trying to show ${count(cards, 'card')} again. What Slack takes now is in its channel in a moment.`,
  stillAstray: 'What it still refuses stays on your Home with the reason, and nothing of it is lost.',
  /** `why` is a whole sentence. */
  cardsFor: ({ cards, channel, why, elsewhere }: { cards: number; channel: Piece; why: Words; elsewhere: number }) =>
    say`${count(cards, 'card')} for ${channel}: ${why} ${
      elsewhere === 0
        ? 'Nobody sees them.'
        : elsewhere === cards
          ? 'Shown elsewhere meanwhile.'
          : `${elsewhere} shown elsewhere.`
    }`,

  tally: (of: { ended: number; started: number; title: Piece | null; since: Piece; until: Piece }) =>
    say`${bold(`${count(of.ended, 'run')} ended`)}${given(of.title, (title) => say` of ${title}`)}, ${of.started} started, between ${of.since} and ${of.until}.`,
  /** Empty where there is nothing to say. */
  howTheyEnded: ({ carriedOut, succeeded, refused, within }: Tallied) => {
    const rate = `${succeeded} of ${carriedOut} succeeded (${Math.round((succeeded / carriedOut) * 100)}%)`
    const parts = [
      ...(carriedOut > 0 ? [rate] : []),
      ...(within === null ? [] : [`half of them within ${within}`]),
      ...(refused > 0 ? [`${refused} ${refused === 1 ? 'was' : 'were'} refused`] : []),
    ].join(', ')
    return parts === '' ? '' : `${parts.charAt(0).toUpperCase()}${parts.slice(1)}.`
  },
  endedWere: (names: Piece) => say`Ended: ${names}`,
  ofAllYouMaySee: 'From all runs that you may see.',
}
