import type { Earlier } from '../../../src/domain/earlier.ts'
import { bold, type Piece, type Words } from '../../pieces.ts'
import { say } from '../say.ts'

const decided: Record<Earlier['kind'], string> = {
  retry: 'retried it',
  skip: 'skipped it',
  'mark-done': 'marked it done',
  escalate: 'escalated it',
  cancel: 'cancelled the run',
  approve: 'approved it',
  refuse: 'refused it',
  delegate: 'handed it over',
  complete: 'marked it done',
  reassign: 'handed it over',
  edit: 'changed its input and retried it',
  restart: 'restarted the run',
  'take-over': 'took it over',
  propose: 'proposed it',
  confirm: 'confirmed it',
  withdraw: 'withdrew the proposal',
  'use-rules': 'let it go on by today’s rules',
  'close-debt': 'closed it',
  'hand-over-debt': 'handed it over',
  pause: 'paused the run',
  resume: 'let the run go on',
}

/** States of steps and runs, as somebody reads them who came too late; anything else stands as it is. */
const nowIn: Readonly<Record<string, string>> = {
  'backing-off': 'being retried by itself',
  pending: 'about to start',
  unknown: 'of unknown outcome',
  succeeded: 'done',
  'not-needed': 'no longer needed',
  cancelling: 'being undone, after a cancel',
  'succeeded-with-debt': 'done, with something still owed',
  held: 'held back',
}

/** What only the person who pressed or typed something reads. */
export const privateAnswers = {
  nowIn,
  youMayNot: (what: Piece) => say`🚫 You may not ${what}.`,
  whoMay: (who: Piece) => say`${who} may. Ask one of them to do it, or to add you to a group in the rules file.`,
  beforeYou: (who: Piece, kind: Earlier['kind'], at: Words) => say`⏱️ ${who} ${decided[kind]} ${at}, before you.`,
  changedNothing: (state: Piece, subject: Piece) =>
    say`It is now ${state}. Nothing was changed by your click; the card of ${subject} shows the present state.`,
  proposed: (what: Piece) => say`🤝 Proposed, not done yet: the rules ask for a second person to ${what}.`,
  proposalStands: (subject: Piece, until: Piece) =>
    say`It is on the card of ${subject}. Somebody else who may decide it confirms it there until ${until}.`,
  refused: (why: Piece) => say`🚫 ${why}`,
  foreignWorkspace: '🚫 This card belongs to another workspace.',
  foreignWayOut: 'Only its own members may decide here. Ask the person who shared the channel with you.',
  guestRefused: '🚫 Guests may not decide or start anything here.',
  guestWayOut: 'Ask a full member of this workspace to do it for you.',
  noSuchRun: (asked: Piece) => say`No such run is known: ${asked}.`,
  whereRunsAre: () => say`It may belong to another workspace. ${bold('/process')} lists those that are under way.`,
  wentWrong: '⚠️ Something went wrong on our side; nothing you typed is at fault.',
  reference: (reference: Piece) =>
    say`Try again in a minute. If it stays, give this reference to whoever runs Purser: ${reference}`,
  started: (subject: Piece, run: string, channel: Piece) =>
    say`▶️ Started for ${subject} (run ${run}). Its card is in ${channel}.`,
  alreadyStarted: (run: Piece, subject: Piece) =>
    say`This was started already: run ${run} for ${subject}. Nothing was done twice.`,
  subjectBusy: (subject: Piece, run: Piece) => say`🚫 A run for ${subject} is not finished yet: run ${run}.`,
  busyWayOut: ({ by, since, command }: { by: Piece; since: Piece; command: Piece }) =>
    say`Started by ${by}, ${since}. See it with ${command}; cancel it there if it should begin anew.`,
  busy: ({ subject, run, by }: { subject: string; run: string; by: string }) =>
    `⚠️ A run for ${subject} is not finished yet: run ${run}, started by ${by}.`,
  open: 'Open',
  openThat: (subject: string) => `Open ${subject}`,
  interrupted: (pressed: Piece | null) =>
    say`🔄 Purser restarted while you pressed ${pressed ?? 'something here'}. Nothing was changed by it: please do it again.`,
  windowOver:
    '⏱️ The window could not be opened: Slack waits three seconds for it, and they were over. Nothing you typed is lost.',
  openIt: 'Open it',
  buttonForgotten: '⏱️ This button is from an older version of Purser; nothing was changed by your click.',
  buttonsThatWork: () => say`${bold('/process')} shows the present state, with buttons that work.`,
}
