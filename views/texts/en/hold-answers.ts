import type { CauseKind } from '../../../src/domain/hold.ts'
import { bold, type Piece, type Words } from '../../pieces.ts'
import { given, say } from '../say.ts'
import { count } from './count.ts'
import { held } from './held.ts'

interface Paused {
  by: Piece
  until: Words
  reason: Piece
}

/** Answers about what is paused and held back, and to those who pause and resume. */
export const holdAnswers = {
  wasFirst: (who: Piece, at: Words) => say`⏱️ ${who} was first, ${at}.`,
  isOver: 'It is over. Nothing was changed by your click.',
  seeCard: 'Its card shows the present state. Nothing was changed by your click.',
  paused: (what: Piece, until: Words) => say`⏸️ Paused: ${what}${until}.`,
  runPaused: ({ subject, run, until }: { subject: Piece; run: string; until: Words }) =>
    say`⏸️ Paused: ${subject} (run ${run})${until}.`,
  whatPausingARunDoes:
    'What is under way finishes, and nothing else of it is started. Its card has the button that resumes it.',
  runGoesOn: (subject: Piece, run: string) => say`▶️ ${subject} (run ${run}) goes on.`,
  pausedAlready: ({ by, until, reason }: Paused) => say`⏱️ ${by} has paused it already${until}: ${reason}`,
  goesOn: (what: Piece) => say`▶️ Resumed: ${what}. What was held goes on, oldest first.`,
  notPaused: () => say`Nothing of that kind is paused. ${bold('/purser pause')} lists what is held.`,
  howToPause: 'How to pause',
  how: () => [
    say`${bold('/purser pause everything for 2h REASON')}, or ${bold('process NAME')}, ${bold('service NAME')}`,
    say`${bold('/purser pause Jane Doe: REASON')} pauses her run; ${bold('/purser resume …')} with the same words ends it`,
  ],

  nothing: '✅ Nothing is paused or held back.',
  heldBackNow: 'Held back now',
  oneByOne: (runs: number) => `⏸️ ${count(runs, 'run')} paused on ${runs === 1 ? 'its' : 'their'} own.`,
  heldBack: (why: Words, waiting: number) =>
    say`${why} · ${waiting === 0 ? 'no run waits yet' : `${count(waiting, 'run')} ${waiting === 1 ? 'waits' : 'wait'}`}`,
  releasing: (what: Piece) => say`▶️ ${what} · what was held goes on in its turn`,
  pause: ({ what, by, since, until, reason }: Paused & { what: Piece; since: Piece }) =>
    say`⏸️ ${what} · paused by ${by} ${since}${until}: ${reason}`,
  incident: ({ service, cause, since, why }: { service: Piece; cause: CauseKind; since: Piece; why: Piece }) =>
    say`🔴 ${service} ${held.fails[cause]} (since ${since}): ${why}`,
  brake: (what: Piece, starts: number) =>
    say`🟡 ${what} · ${starts} were started in a short time; somebody has to look`,

  /** Above a form that starts a process. */
  pausedAtStart: ({ by, what, until, reason }: Paused & { what: Piece }) =>
    say`⏸️ Paused by ${by} (${what})${until}: ${reason}`,
  fails: (service: Piece) => say`🔴 ${service} fails`,
  aService: 'A service',
  brakeAtStart: (mayLook: Piece | null) =>
    say`✋ More were started than is usual, and wait until somebody has looked${given(mayLook, (who) => say` (${who} may)`)}`,
  beginsWhenLet: 'You can start all the same: it is accepted, and begins when somebody lets it.',
  callsWait: 'You can start all the same: only the steps that call it wait, and go on by themselves then.',
  waitsToo: 'You can start all the same: it is accepted, waits, and goes on by itself then.',
  itWaits: (why: Words) => say`It waits: ${why}`,
  aPartWaits: (why: Words) => say`A part of it waits: ${why}`,
  nothingIsLost: (why: Words) => say`⏸️ ${why} Nothing is lost, and it goes on by itself then.`,
}
