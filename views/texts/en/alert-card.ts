import type { Matter } from '../../../src/domain/alert.ts'
import type { Piece, Words } from '../../pieces.ts'
import { say } from '../say.ts'

/** What did not happen, as the headline says it: while that is so, and when it is over. */
const matters: Record<Matter['kind'], { is: string; was: string }> = {
  'not-begun': {
    is: 'nothing has come of something that was received',
    was: 'nothing had come of something that was received',
  },
  'not-usable': {
    is: 'something that was received cannot be used',
    was: 'something that was received could not be used',
  },
  standstill: { is: 'a run does not go on', was: 'a run did not go on' },
  'attempt-hangs': { is: 'a step does not end', was: 'a step did not end' },
  'not-woken': { is: 'a run was not woken', was: 'a run was not woken' },
  'not-fired': { is: 'a schedule did not fire', was: 'a schedule did not fire' },
  'not-started': { is: 'a schedule could not start its process', was: 'a schedule could not start its process' },
  'not-come': { is: 'an expected event did not come', was: 'an expected event did not come' },
  'out-of-reach': { is: 'too few people are there to answer', was: 'too few people were there to answer' },
  'directory-refused': {
    is: 'Slack does not tell Purser who people are',
    was: 'Slack did not tell Purser who people are',
  },
}

/** Why a schedule's process was not begun. */
const refusals: Readonly<Record<string, string>> = {
  'subject-busy': 'one like it was still under way',
  invalid: 'the form does not take its input',
}

type Of = Extract<Matter, { kind: 'out-of-reach' }>['of']

interface Hangs {
  step: Piece
  longest: string
  since: Piece
}

interface NotCome {
  step: Piece
  event: Piece
  by: Piece
}

const notUsed = (source: Piece, at: Piece): Words => say`What ${source} sent ${at}`
const wasToFire = (schedule: Piece, due: Piece): Words => say`${schedule} was to start its process ${due}`

/** What is wrong, while it is. */
const is = {
  notBegun: (source: Piece, since: Piece) =>
    say`What ${source} sent was acknowledged, and nothing has come of it since ${since}.`,
  notUsable: ({ source, at, why }: { source: Piece; at: Piece; why: Words }) =>
    say`${notUsed(source, at)} waits for somebody to look: ${why}.`,
  standstill: (since: Piece) =>
    say`The run has steps left, but since ${since} nothing of it has been under way, and it waits for nothing.`,
  carriedByNobody: (step: Piece, since: Piece) => say`Nobody has been carrying out ${step} since ${since}.`,
  hangs: ({ step, longest, since }: Hangs) =>
    say`${step} has been at it since ${since}, longer than the ${longest} that it may take.`,
  notWoken: (at: Piece) => say`The run was to go on ${at}, and has not.`,
  notFired: (schedule: Piece, due: Piece) => say`${wasToFire(schedule, due)}, and has not.`,
  notCome: ({ step, event, by }: NotCome) => say`${step} waits for ${event}, which should have come by ${by}.`,
  outOfReach: (of: Of, step: Piece, since: Piece) => {
    const why: Record<Of, Words> = {
      approval: say`${step} has been waiting for people who are away or gone, and cannot get the approvals that it needs without them`,
      task: say`Those who are to do ${step} have been away or gone, and nobody takes over`,
      debt: say`Whoever owes what was left of ${step} has not been in the workspace any more, and nobody takes over`,
    }
    return say`Since ${since}: ${why[of]}.`
  },
}

/** The same, when it is over. */
const was: typeof is = {
  notBegun: (source) => say`What ${source} sent was acknowledged, and at first nothing came of it.`,
  notUsable: ({ source, at, why }) => say`${notUsed(source, at)} waited for somebody to look: ${why}.`,
  standstill: (since) => say`The run had steps left, but from ${since} on, nothing of it was under way.`,
  carriedByNobody: (step, since) => say`From ${since} on, nobody carried out ${step}.`,
  hangs: ({ step, longest, since }) =>
    say`${step} was at it from ${since} on, longer than the ${longest} that it may take.`,
  notWoken: (at) => say`The run was to go on ${at}, and did not.`,
  notFired: (schedule, due) => say`${wasToFire(schedule, due)}, and did not.`,
  notCome: ({ step, event, by }) => say`${step} waited for ${event}, which should have come by ${by}.`,
  outOfReach: (of, step, since) => {
    const why: Record<Of, Words> = {
      approval: say`${step} waited for people who were away or gone`,
      task: say`those who were to do ${step} were away or gone`,
      debt: say`whoever owed what was left of ${step} was not in the workspace any more`,
    }
    return say`From ${since} on, ${why[of]}.`
  },
}

/** The card of what did not happen. */
export const alertCard = {
  open: (kind: Matter['kind']) => `⏰ Please look: ${matters[kind].is}`,
  settled: (kind: Matter['kind']) => `✅ Settled: ${matters[kind].was}`,
  about: (about: string, run: string) => `${about} · run ${run}`,
  whatIsWrong: 'What is wrong',
  whatWasWrong: 'What was wrong',
  over: (at: Piece) => say`Settled ${at}.`,
  aStep: 'A step',

  is,
  was,
  notStarted: ({ schedule, due, outcome }: { schedule: Piece; due: Piece; outcome: string }) =>
    say`${schedule} was due ${due}, and its process was not begun: ${refusals[outcome] ?? 'it was refused'}.`,

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
