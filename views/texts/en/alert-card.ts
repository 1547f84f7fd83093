import type { Matter } from '../../../src/domain/alert.ts'
import type { Piece, Words } from '../../pieces.ts'
import { say } from '../say.ts'

const matters: Record<Matter['kind'], string> = {
  'not-begun': 'nothing has come of something that was received',
  'not-usable': 'something that was received cannot be used',
  standstill: 'a run does not go on',
  'attempt-hangs': 'a step does not end',
  'not-woken': 'a run was not woken',
  'not-fired': 'a schedule did not fire',
  'not-started': 'a schedule could not start its process',
  'not-come': 'an expected event did not come',
  'out-of-reach': 'too few are there to answer',
  'directory-refused': 'Slack does not tell Purser who people are',
}

/** Why a schedule's process was not begun. */
const refusals: Readonly<Record<string, string>> = {
  'subject-busy': 'one like it was still under way',
  invalid: 'the form does not take its input',
}

type Of = Extract<Matter, { kind: 'out-of-reach' }>['of']

const outOfReach: Record<Of, (step: Piece) => Words> = {
  approval: (step) =>
    say`${step} waits for people who are away or gone, so that it cannot get the approvals that it needs`,
  task: (step) => say`${step} is to be done by people who are away or gone, and nobody takes over`,
  debt: (step) =>
    say`${step} left something owed by somebody who is not in the workspace any more, and nobody takes over`,
}

/** The card of what did not happen. */
export const alertCard = {
  open: (kind: Matter['kind']) => `⏰ Please look: ${matters[kind]}`,
  settled: (kind: Matter['kind']) => `✅ Settled: ${matters[kind]}`,
  about: (about: string, run: string) => `${about} · run ${run}`,
  whatIsWrong: 'What is wrong',
  whatWasWrong: 'What was wrong',
  overSince: (at: Piece) => say`Over since ${at}.`,
  aStep: 'A step',

  notBegun: (source: Piece, since: Piece) =>
    say`What ${source} sent was acknowledged, and nothing has come of it since ${since}.`,
  notUsable: ({ source, at, why }: { source: Piece; at: Piece; why: Words }) =>
    say`What ${source} sent ${at} waits for a look: ${why}.`,
  standstill: (since: Piece) =>
    say`The run has steps left, and nothing of it is under way or waits for anything since ${since}.`,
  carriedByNobody: (step: Piece, since: Piece) => say`${step} is carried out by nobody since ${since}.`,
  hangs: ({ step, longest, since }: { step: Piece; longest: string; since: Piece }) =>
    say`${step} has been at it for longer than its ${longest}, since ${since}.`,
  notWoken: (at: Piece) => say`The run was to go on ${at}, and did not.`,
  notFired: (schedule: Piece, due: Piece) => say`${schedule} was to start its process ${due}, and has not.`,
  notStarted: ({ schedule, due, outcome }: { schedule: Piece; due: Piece; outcome: string }) =>
    say`${schedule} was due ${due}, and its process was not begun: ${refusals[outcome] ?? 'it was refused'}.`,
  notCome: ({ step, event, by }: { step: Piece; event: Piece; by: Piece }) =>
    say`${step} waits for ${event}, which should have come by ${by}.`,
  outOfReach: (of: Of, step: Piece, since: Piece) => say`${outOfReach[of](step)} since ${since}.`,

  mendInbox: 'Try it again once its cause is mended, or dismiss it with a reason. /purser inbox lists all that wait.',
  restartPurser:
    'Restart Purser: it takes up what was cut off, and repeats nothing that was done. If it stays so, the log says why.',
  startByHand: 'Start the process by hand with /run if it is urgent. The log says why it was not started.',
  startOnceFree:
    'Start it by hand with /run, once what is in its way is over. This is settled when the schedule starts it again.',
  handOverDebt: 'Hand it over to somebody else: /purser debts lists it. Rules can name who takes over, under absences.',
  handOver:
    'Hand it to somebody else on its card; whoever may escalate can. Rules can name who takes over, under absences.',
  askSender: 'Ask whoever was to send it. When it has happened all the same, mark the step done; or skip it.',
}
