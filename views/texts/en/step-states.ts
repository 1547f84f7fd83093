import type { Piece, Words } from '../../pieces.ts'
import { given, say } from '../say.ts'
import { count } from './count.ts'

interface Done {
  by: Piece
  at: Words
}

const eventBy = { latest: 'at the latest', overdue: 'overdue since', expected: 'expected by' }

/** How a step stands and what it waits for, behind its title. */
export const stepStates = {
  aboutToStart: 'about to start',
  waitsForSteps: (steps: string) => `waits for ${steps}`,
  inProgress: ({ services, since }: { services: string | null; since: Piece }) =>
    say`in progress${given(services, (named) => say` with ${named}`)} since ${since}`,
  tryingAgain: (why: Piece) => say`trying again: ${why}`,
  retrying: (at: Words, why: Piece) => say`retrying ${at}: ${why}`,
  failed: (why: Piece) => say`failed, needs somebody: ${why}`,
  unknown: (why: Piece) => say`outcome unknown, needs somebody: ${why}`,
  notGiven: (at: Words, why: Piece) => say`not given ${at}: ${why}`,
  refused: ({ by, at, why }: Done & { why: Piece }) => say`refused by ${by} ${at}: ${why}`,
  markedDone: ({ by, at }: Done) => say`marked done by ${by} ${at}`,
  done: (took: string, retriedBy: Piece | null) =>
    say`done in ${took}${given(retriedBy, (name) => say`, retried by ${name}`)}`,
  skipped: ({ by, at }: Done) => say`skipped by ${by} ${at}`,
  othersRefusal: (step: Piece) => say`not done: ${step} was refused`,
  notNeeded: 'not needed here',
  leftOut: (without: Piece) => say`left out without ${without}`,
  notStarted: 'not started',
  stopped: 'stopped with the run',

  waits: 'waits',
  waitsForApproval: ({ who, approvals, asked }: { who: Piece; approvals: string | null; asked: Words }) =>
    say`waits for ${who}${given(approvals, (amount) => say`: ${amount}`)}, asked ${asked}`,
  approvals: (amount: number, needed: number) => `${amount} of ${count(needed, 'approval')}`,
  taskAsked: (who: Piece, asked: Words) => say`is to be done by ${who}, asked ${asked}`,
  taskDue: (who: Piece, due: Piece) => say`is to be done by ${who}, due ${due}`,
  taskOverdue: (who: Piece, since: Piece) => say`is to be done by ${who}, overdue since ${since}`,
  waitsForEvent: (event: Piece, since: Piece, by: { how: keyof typeof eventBy; at: Piece } | null) =>
    say`waits for ${event}, since ${since}${given(by, ({ how, at }) => say`, ${eventBy[how]} ${at}`)}`,
  waitsUntil: (until: Piece) => say`waits until ${until}`,
  waitsForRun: (title: Piece, run: string) => say`waits for ${title} (run ${run})`,
  itemsSoFar: (items: { done: number; all: number; stuck: number; retried: number; underWay: number }) =>
    [
      `${items.done} of ${items.all} done`,
      ...(items.stuck > 0 ? [`${items.stuck} ${items.stuck === 1 ? 'needs' : 'need'} somebody`] : []),
      ...(items.retried > 0 ? [`${items.retried} retried by ${items.retried === 1 ? 'itself' : 'themselves'}`] : []),
      ...(items.underWay > 0 ? [`${items.underWay} under way`] : []),
    ].join(', '),

  passed: (at: Words) => say`passed ${at}, as the rules say: not enough answered in time`,
  approved: ({ by, at }: Done) => say`approved by ${by} ${at}`,
  itemsDone: ({ items, took, left }: { items: number; took: string; left: number }) =>
    `${count(items, 'item')} done in ${took}${left === 0 ? '' : `, without ${left} of them`}`,
  runDone: (took: string, run: string) => `done in ${took} (run ${run})`,
  taskDone: ({ by, at }: Done) => say`done by ${by} ${at}`,
  eventMarked: (at: Words) => say`marked done ${at}`,
  eventCame: (at: Words) => say`came ${at}`,
  waited: (time: string) => `waited ${time}`,
}
