import type { Piece, Words } from '../../pieces.ts'
import { say } from '../say.ts'

const longDay = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

/** What means the same wherever it stands. */
export const words = {
  purser: 'Purser',
  yes: 'Yes',
  no: 'No',
  why: 'Why',
  whatHappened: 'What happened',
  whatToDo: 'What to do',
  whatIsSafe: 'What is safe now',
  whatFor: 'What for',
  howItEnded: 'How it ended',
  calls: 'Calls',
  cancel: 'Cancel…',
  confirm: 'Confirm',
  escalate: 'Escalate…',
  handOver: 'Hand over…',
  markDone: 'Mark done…',
  notYet: 'Not yet',
  pause: 'Pause…',
  restart: 'Restart…',
  resume: 'Resume',
  resumeRun: 'Resume run',
  retry: 'Retry',
  skip: 'Skip…',
  movedOn: '⏱️ It has moved on since this button was drawn.',
  more: (amount: number) => `${amount} more`,
  andMore: (amount: number) => `and ${amount} more`,
  oneOf: (first: string, last: string) => `${first} or ${last}`,
  oneOfThese: (first: Words, last: Piece) => say`${first} or ${last}`,
  /** `30 November 2026`, of a day's beginning in UTC */
  longDay: (at: number) => longDay.format(at),
  ofRun: (what: Piece | Words, run: string) => say`${what} (run ${run})`,
  cardHead: ({ title, about, run }: { title: Piece; about: Piece; run: string }) =>
    say`${title} (${about}, run ${run})`,
  runStarted: ({ about, run, started }: { about: string; run: string; started: string }) =>
    `${about} · run ${run}, started ${started}`,
  show: 'Show',
  showThat: (what: string) => `Show ${what}`,
  start: 'Start',
  /** Read out for the button that starts a process, which shows its title alone. */
  startThat: (process: string) => `Start: ${process}`,
  close: 'Close',
  notNow: 'Not now',
  letItGoOn: 'Let it go on',
  forExample: (query: Piece) => say`For example: ${query}`,
  quoted: (text: string) => `“${text}”`,
  run: (id: string) => `run ${id}`,
  /** `a, b and c`, of at least two. */
  together: (names: readonly string[]) => `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`,
}
