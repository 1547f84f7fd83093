import type { Seconded } from '../../../src/domain/proposal.ts'
import type { Piece, Words } from '../../pieces.ts'
import { given, say } from '../say.ts'
import { because } from './asides.ts'

interface Line {
  step: Piece
  by: Piece
  why: Piece | null
}

interface DecisionLine extends Line {
  /** Whom it is about: who had taken over, who owes it. */
  to: Words
  changes: Piece | null
  due: { at: Piece; isOver: boolean } | null
  /** What was proposed; null: not known. */
  proposed: Seconded | null
}

const deeds: Record<Seconded, string> = {
  retry: 'retry',
  'not-there': 'retry',
  edit: 'edit',
  skip: 'skip',
  'mark-done': 'mark done',
  cancel: 'cancel',
  restart: 'restart',
}
const deed = (kind: Seconded | null): string => (kind === null ? 'decide' : deeds[kind])

/** The lines of a run's history: what its card's thread tells as it happens. */
export const history = {
  happened: {
    started: ({ by }: Line) => say`▶️ Started by ${by}`,
    'step-failing': ({ step, why }: Line) => say`🔁 ${step} is failing, Purser keeps trying${because(why)}`,
    'step-failed': ({ step, why }: Line) => say`🔴 ${step} failed and needs somebody${because(why)}`,
    'step-unknown': ({ step, why }: Line) => say`🟠 ${step}: outcome unknown, needs somebody${because(why)}`,
    'step-recovered': ({ step }: Line) => say`✅ ${step} recovered`,
    retry: ({ by, step, why }: Line) => say`🔁 ${by} retried ${step}${because(why)}`,
    skip: ({ by, step, why }: Line) => say`⏩ ${by} skipped ${step}${because(why)}`,
    'mark-done': ({ by, step, why }: Line) => say`✅ ${by} marked ${step} done${because(why)}`,
    escalate: ({ by, step, why }: Line) => say`🆘 ${by} escalated ${step}${because(why)}`,
    'ticket-opened': ({ step, why }: Line) => say`🎫 Ticket opened for ${step}${because(why)}`,
    approve: ({ by, step }: Line) => say`✅ ${by} approved ${step}`,
    refuse: ({ by, step, why }: Line) => say`🚫 ${by} refused ${step}${because(why)}`,
    came: ({ step }: Line) => say`📨 ${step} has come`,
    complete: ({ by, step }: Line) => say`✅ ${by} has done ${step}`,
    undone: ({ step }: Line) => say`↩️ ${step} is done`,
    'late-answer': ({ step }: Line) => say`⏱️ ${step} was done after all: its answer came after the cancel`,
    'run-begun': ({ step, why }: Line) => say`▶️ ${step} has begun as a run of its own${because(why)}`,
    pause: ({ by, why }: Line) => say`⏸️ ${by} paused the run${because(why)}`,
    resume: ({ by, why }: Line) => say`▶️ ${by} let the run go on${because(why)}`,
  },
  byItself: {
    approve: ({ step, why }: Line) => say`⏳ ${step} passes, as the rules say${because(why)}`,
    refuse: ({ step, why }: Line) => say`🚫 ${step} counts as refused${because(why)}`,
    resume: () => say`▶️ The pause is over: the run goes on`,
  },
  decided: {
    edit: ({ by, step, changes, why }: DecisionLine) =>
      say`✏️ ${by} changed the input and retried ${step}${given(changes, (what) => say` (${what})`)}${because(why)}`,
    'take-over': ({ by, step }: DecisionLine) => say`✋ ${by} took over ${step}: Purser tries no more by itself`,
    lapsed: ({ step, to }: DecisionLine) => say`✋ Nobody owns ${step} any more: ${to} had taken it over`,
    propose: ({ by, proposed, step }: DecisionLine) => say`🤝 ${by} proposes to ${deed(proposed)} ${step}`,
    withdraw: ({ by, proposed, step }: DecisionLine) =>
      say`🤝 ${by} withdrew the proposal to ${deed(proposed)} ${step}`,
    expired: ({ proposed, step }: DecisionLine) =>
      say`🤝 Nobody confirmed in time: the proposal to ${deed(proposed)} ${step} is gone`,
    'use-rules': ({ by, why }: DecisionLine) => say`📝 ${by} lets the run go on by today’s rules${because(why)}`,
    'held-back': ({ why }: DecisionLine) => say`⏸️ The run is held back${because(why)}`,
    released: () => say`▶️ The run goes on`,
    adopted: ({ why }: DecisionLine) => say`🔧 The run goes by a new version of the process${because(why)}`,
    'close-debt': ({ by, step, why }: DecisionLine) => say`✅ ${by} closed what was owed for ${step}${because(why)}`,
    'hand-over-debt': ({ by, step, to, why }: DecisionLine) =>
      say`➡️ ${by} handed what is owed for ${step} over to ${to}${because(why)}`,
    'debt-due': ({ to, step, due }: DecisionLine) =>
      say`🔔 ${to}: ${step} is still owed${given(due, ({ at, isOver }) => (isOver ? say`, and was due ${at}` : say`, due ${at}`))}`,
    cleared: () => say`✅ Nothing is owed any more: the run has succeeded`,
  },
  cancelled: (by: Piece, why: Piece | null) => say`⛔ ${by} cancelled the run${because(why)}`,
  restarted: (by: Piece, run: string | null, why: Piece | null) =>
    say`🔄 ${by} restarted it${run === null ? '' : ` as run ${run}`}; this run ends here${because(why)}`,
  finished: (took: string) => `✅ Finished after ${took}`,
  finishedOwing: (took: string) => `☑️ Finished after ${took}, with something still owed`,
  refused: (took: string) => `🚫 Ended after ${took}, as it was refused`,
  ended: (took: string) => `⛔ Ended after ${took}`,
}
