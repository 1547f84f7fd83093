import type { Piece, Words } from '../../pieces.ts'
import { given, say } from '../say.ts'
import { count } from './count.ts'

interface Refusal {
  step: Piece
  at: Words
  why: Piece
}

/** Where a run stands, in one sentence. */
export const runStatus = {
  inLine: (progress: string) => say`⏳ In line: much is going on just now; it begins by itself. ${progress}`,
  underWay: (progress: string, retrying: Piece | null) =>
    say`🔵 Under way: ${progress}${given(retrying, (steps) => say` Retrying by itself: ${steps}.`)}`,
  waiting: (waits: Words, progress: string) => say`🟡 Waiting: ${waits} ${progress}`,
  heldBack: (why: Piece, progress: string) => say`⏸️ Held back: ${why} ${progress}`,
  held: (how: Words, waiting: Piece | null, progress: string) =>
    say`⏸️ ${how} ${given(waiting, (steps) => say`On hold: ${steps}. `)}${progress}`,
  heldBySomething: 'Held',
  blocked: (by: Piece, progress: Words) => say`🔴 Needs somebody: ${by}. ${progress}`,
  done: (took: string | null, progress: string) => say`✅ Done${took ? ` in ${took}` : ''}. ${progress}`,
  doneOwing: ({ took, owed, progress }: { took: string | null; owed: number; progress: string }) =>
    say`☑️ Done${took ? ` in ${took}` : ''}, with ${count(owed, 'thing')} still owed. ${progress}`,
  refused: (refusals: Words, left: number) =>
    say`🚫 ${refusals}${left === 0 ? '' : ` ${count(left, 'step')} ${left === 1 ? 'does' : 'do'} not happen.`}`,
  cancelling: (how: Words, progress: Words) => say`↩️ Cancelled${how} What it did is being undone: ${progress}`,
  cancelled: (how: Words) => say`⛔ Cancelled${how}`,

  /** Behind "cancelled". */
  byWhom: ({ by, at, restartedAs, why }: { by: Piece; at: Words; restartedAs: string | null; why: Piece | null }) => {
    const again = given(restartedAs, (run) => say`, and begun anew as run ${run}`)
    return say` by ${by} ${at}${again}${why ? say`: ${why}` : '.'}`
  },
  when: (at: Words) => say` ${at}.`,
  pausedToo: (how: Words, progress: string) => say`⏸️ ${how} ${progress}`,
  allFinished: (steps: number) => `All ${count(steps, 'step')} finished.`,
  finished: (finished: number, steps: number) => `${finished} of ${count(steps, 'step')} finished.`,
  undone: (undone: number, steps: number) => `${undone} of ${count(steps, 'step')} undone.`,
  failed: (steps: string) => `${steps} failed`,
  unknown: (steps: string) => `the outcome of ${steps} is unknown`,
  stopped: 'a step has stopped',
  refusedBy: (who: Piece, { step, at, why }: Refusal) => say`${step} refused by ${who} ${at}: ${why}`,
  notGiven: ({ step, at, why }: Refusal) => say`${step} not given ${at}: ${why}`,
}
