import type { Piece } from '../../pieces.ts'
import { say } from '../say.ts'
import { count } from './count.ts'

const complete = { title: 'Done', submit: 'Done' }

const delegate = {
  says: 'They decide in your place; you cannot any more, unless they hand it back. It is kept who handed it to whom.',
  who: 'Who decides instead?',
  example: 'I am away until Monday',
}

const edit = {
  title: 'Edit and retry',
  means:
    'This step is tried again with the new values, and all that comes later goes by them. What was changed is kept, old and new.',
  why: 'Why is it changed?',
  example: 'She is an engineer, as the hiring manager says',
  submit: 'Change and retry',
  nothingDone: 'No step is done yet: nothing was made with the old values.',
  staysDone: 'Already done with the old values, and stays as it is',
  used: (step: Piece, fields: Piece) => say`✅ ${step}: used ${fields}`,
  usedNone: (step: Piece) => say`✅ ${step}: used none of them`,
  leftOut: 'Left out by the old values, and stays left out: restart the whole run if it is needed now',
}

const escalate = {
  title: 'Escalate',
  ticketHolds: 'The ticket will hold',
  inTicket: [
    'who and what the run is about, and how far it is',
    'what happened, why, and what mends it',
    'every call of this step: what is done, and what a retry would repeat',
    'your reason and your name',
  ] as readonly string[],
  whatToKnow: 'What should they know?',
  example: 'The token was refused; we need an owner of the organisation',
  waits: 'The step waits meanwhile. Retry and Skip stay on its card.',
  submit: 'Open a ticket',
}

const markDone = {
  title: 'Mark as done',
  asIfSucceeded: 'Nothing more will be sent for this step: the run goes on as if it had succeeded.',
  takesResult: (fields: number) =>
    `Nothing more will be sent for this step. Later steps take its result: ${count(fields, 'field')} below.`,
  whatFound: 'What did you find?',
  example: 'The record is there, created at 9:02 today',
  submit: 'Mark done',
}

const reassign = {
  says: 'It is theirs alone then, whoever has it now. It is kept who handed it to whom.',
  who: 'Who does it?',
  example: 'The order number is in our mailbox',
}

const refuse = {
  title: 'Refuse',
  why: 'Why is it refused?',
  example: 'There is a spare one in the cupboard on the second floor',
  isFinal: 'Everybody who sees the run reads it. A refusal cannot be taken back.',
  submit: 'Refuse',
  nothingBehind: 'Nothing comes behind it.',
  stops: (steps: number) => `${count(steps, 'later step')} will not happen`,
}

const skip = {
  title: 'Skip this step',
  owes: (step: Piece, due: Piece) =>
    say`You will owe “${step}” by ${due}: it stays on the card until it is done by hand.`,
  why: 'Why is it skipped?',
  example: 'A borrowed account will do until Monday',
  submit: 'Skip',
  nothingLost: 'No later step needs its result: the run goes on without it.',
  stops: (steps: number) => `${count(steps, 'later step')} will not happen either, without its result`,
}

/** Windows in which somebody decides about one step. */
export const stepWindows = {
  complete,
  delegate,
  edit,
  escalate,
  handOver: { title: 'Hand over', submit: 'Hand over' },
  markDone,
  reassign,
  refuse,
  skip,
}
