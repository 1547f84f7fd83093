import type { CauseKind, HoldDecision } from '../../../src/domain/hold.ts'
import type { Piece, Words } from '../../pieces.ts'
import { say } from '../say.ts'
import { because } from './asides.ts'
import { count } from './count.ts'
import { held } from './held.ts'

const did: Record<HoldDecision['kind'], string> = {
  resume: '▶️ Resumed',
  probe: '🔎 Probed',
  'release-one': '▶️ One released to try',
  'release-all': '▶️ All released',
  escalate: '🆘 Escalated',
  close: '✔️ Closed',
  'cancel-all': '⛔ All cancelled',
}

const wait = (amount: number): string => (amount === 1 ? 'waits' : 'wait')

interface Asked {
  by: Piece
  at: Words
}

/** The card of a pause, an incident or a brake. */
export const holdCard = {
  since: (at: string) => `Since ${at}`,
  fromTo: (at: string, end: string) => `${at} – ${end}`,
  pauses: {
    open: (what: string) => `⏸️ Paused: ${what}`,
    releasing: (what: string) => `▶️ Resuming: ${what}`,
    closed: (what: string) => `✅ Pause over: ${what}`,
  },
  incident: (service: string, cause: CauseKind) => `🔴 Incident: ${service} ${held.fails[cause]}`,
  recovering: (service: string) => `🟡 Recovering: ${service}`,
  incidentOver: (service: string) => `✅ Incident over: ${service}`,
  brake: (starts: number, what: string) =>
    `✋ ${count(starts, 'start')} of ${what} ${wait(starts)} for somebody to look`,
  brakeLetsGo: (what: string) => `▶️ Being released: starts of ${what}`,
  brakeCancels: (what: string) => `⛔ Being cancelled: starts of ${what}`,
  brakeOver: (what: string) => `✅ Released: starts of ${what}`,
  brakeCancelled: (what: string) => `⛔ Cancelled: starts of ${what}`,

  paused: ({ by, until, reason }: { by: Piece; until: Words; reason: Piece }) =>
    say`${by} paused it${until}: ${reason}`,
  whatThatDoes: 'What that does',
  unusual: (starts: number, within: string) =>
    `More than ${starts} were started within ${within}; that is more than is usual here.`,
  noneHasBegun: 'They are accepted, and none of them has begun.',
  whatFails: 'What fails',
  whatFailed: 'What failed',
  whetherItWorks: 'Does it work again?',
  lastLook: (at: Words) => say`Last look ${at}: it failed.`,
  notLookedAt: 'Not looked at yet.',
  nextLook: (at: Words) => say`Next look ${at}; when it answers, what waits goes on.`,
  cameBack: (times: number) => `The trouble came back ${times === 1 ? 'once' : count(times, 'time')}.`,
  whoLooksAfter: 'Who looks after it',
  lookAfter: (who: Words) => say`${who}.`,

  whatWaits: 'What waits',
  wentOn: (gone: number, all: number) =>
    `${gone} of ${count(all, 'run')} went on. The rest follow one by one, oldest first.`,
  noneWaitsForService: 'No run waits for it yet. Steps that call it from now on are held.',
  noneWaits: 'No run waits yet.',
  runsWait: (runs: number) => `${count(runs, 'run')} ${wait(runs)}; nothing is lost, and nothing is sent meanwhile.`,
  started: ({ subject, run, by, at }: Asked & { subject: Piece; run: string }) =>
    say`${subject} (run ${run}), started by ${by} ${at}`,

  ticket: 'Ticket',
  ticketOpening: ({ by, at }: Asked) => say`Being opened, asked for by ${by} ${at}`,
  ticketOpen: (ticket: Piece, { by, at }: Asked) => say`${ticket}, asked for by ${by} ${at}`,
  ticketFailed: (why: Piece, { by, at }: Asked) => say`The one that ${by} asked for ${at} could not be opened: ${why}`,

  whatPeopleDecided: 'What people decided',
  stamp: ({ kind, by, at, reason }: Asked & { kind: HoldDecision['kind']; reason: Piece | null }) =>
    say`${did[kind]} by ${by} ${at}${because(reason)}`,
  endedBy: ({ by, at, after }: Asked & { after: string }) => say`Ended by ${by} ${at}, after ${after}.`,
  timeOver: (at: Words, after: string) => say`It ended by itself ${at}, after ${after}.`,
  answeredAgain: (at: Words, after: string) => say`It answered again ${at}, after ${after}.`,
  letGoToTry: (at: Words, after: string) => say`What waited was released to try ${at}, after ${after}.`,
  noneHadToWait: 'No run had to wait.',
  runsWentOn: (runs: number) => `${count(runs, 'run')} went on.`,
  runsCancelled: (runs: number) => `${count(runs, 'run')} cancelled.`,

  probe: 'Probe now',
  releaseOneToTry: 'Release one to try',
  releaseOne: 'Release one',
  releaseAll: 'Release all',
  cancelAll: 'Cancel all…',
  close: 'Close…',
}
