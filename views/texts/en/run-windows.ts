import type { UndoPlan } from '../../../src/domain/undo-plan.ts'
import type { Piece } from '../../pieces.ts'
import { say } from '../say.ts'
import { count } from './count.ts'

type Undone = UndoPlan['undone'][number]['state']

const undoes: Record<Undone, (step: Piece, undo: Piece) => ReturnType<typeof say>> = {
  done: (step, undo) => say`${step}: ${undo}`,
  partly: (step, undo) => say`${step}: ${undo} (it did not finish, and may have done a part)`,
  running: (step, undo) => say`${step}: ${undo} (under way now: it is stopped first, and what it still does is undone)`,
}

const stays: Record<UndoPlan['stays'][number]['why'], (step: Piece) => ReturnType<typeof say>> = {
  'no-undo': (step) => say`${step}: Purser cannot undo it`,
  'there-before': (step) => say`${step}: it was there before this run, and is left alone`,
  'added-to': (step) => say`${step}: it was there before this run, and is left alone; what this run added to it stays`,
  'by-hand': (step) => say`${step}: it was done by hand`,
  'run-ended': (step) => say`${step}: that run has ended, and what it did stands`,
}

const cancel = {
  title: 'Cancel this run',
  why: 'Why is it cancelled?',
  example: 'The offer was withdrawn',
  submit: 'Cancel the run',
  nothingLeft: 'No step has done anything outside yet, so nothing is left behind.',
  canBeUndone: 'Can be undone, in this order',
  undoes,
  leftByHand: 'Stays, and is for you to clean up by hand',
  stays,
  isFinal: (steps: number) =>
    `${count(steps, 'step')} will not be carried out any more. A cancelled run cannot be taken up again.`,
  whatOfDone: 'What becomes of what is done?',
  undo: 'Undo it, step by step',
  leave: 'Leave it as it is',
}

const stopUndoing = {
  title: 'Stop undoing',
  why: 'Why is undoing stopped?',
  example: 'Undone by hand already',
  submit: 'Stop undoing',
  endsNow: (steps: number) =>
    `The run ends at once. ${count(steps, 'step')} of the undoing will not be carried out: do it by hand.`,
}

const pause = {
  title: 'Pause this run',
  means:
    'What is under way finishes, and nothing else of this run is started or tried again. Approvals and tasks may be answered meanwhile.',
  why: 'Why is it paused?',
  example: 'Her first day has moved to March',
  until: 'Until when?',
  untilMeans: 'Then it goes on by itself. Left empty: until somebody resumes it.',
  isOver: 'Please give a time that is to come.',
  submit: 'Pause the run',
}

const restart = {
  title: 'Restart the whole run',
  goesBy: ({ run, process, rules }: { run: string; process: number; rules: number }) =>
    `run ${run}, by version ${process} of the process and ${rules} of the rules`,
  beginsAnew: ({ open, process, rules }: { open: number; process: number; rules: number }) =>
    `This run ends here (${count(open, 'step')} not carried out any more), and a new one begins at its first step: by version ${process} of the process and version ${rules} of the rules.`,
  why: 'Why is it restarted?',
  example: 'It was started with the wrong role',
  submit: 'Restart',
  nothingDone: 'No step is done yet, so nothing is done a second time.',
  doneAgain: 'Done already, and carried out once more',
  asksAgain: (step: Piece) => say`🟡 ${step}: is asked or waited for again`,
  doneByHand: (step: Piece) => say`🟠 ${step}: was done by hand; it may be made a second time`,
  changesNothing: (step: Piece) => say`🔁 ${step}: changes nothing`,
  secondTime: (step: Piece) => say`🟠 ${step}: may be made a second time: look there first`,
  isFound: (step: Piece) => say`🔁 ${step}: what is there is found, and not made twice`,
}

/** Windows in which somebody decides about a whole run. */
export const runWindows = { cancel, pause, restart, stopUndoing, run: 'Run', letItGoOn: 'Let it go on' }
