import type { Piece } from '../../pieces.ts'
import { given, say } from '../say.ts'
import { count } from './count.ts'

/** The card that shows how a run is going, and its buttons. */
export const runCard = {
  partOf: (title: Piece, run: string) => say`Part of ${title} (run ${run})`,
  startedBy: ({ who, at, run }: { who: string; at: string; run: string }) => `Started by ${who} · ${at} · run ${run}`,
  begunAfter: (run: string) => `begun anew after run ${run}`,
  begunAs: (run: string) => `begun anew as run ${run}`,
  hiddenSteps: ({ finished, open }: { finished: number; open: number }) => {
    const parts = [finished > 0 ? `${finished} finished` : '', open > 0 ? `${open} still to come` : '']
    return `… and ${count(finished + open, 'more step')}: ${parts.filter(Boolean).join(', ')}`
  },
  stillOwed: 'Still owed',
  owes: ({ step, who, due, reason }: { step: Piece; who: Piece; due: Piece; reason: Piece }) =>
    say`${step}: ${who} owes it by ${due} (${reason})`,
  leftBehind: 'Left behind, to be cleaned up by hand',
  left: ({ step, cameAt, undo }: { step: Piece; cameAt: Piece | null; undo: Piece | null }) => {
    const late = given(cameAt, (at) => say`: its answer came ${at}, after the cancel`)
    return say`${step}${late}${given(undo, (what) => say` (${what})`)}`
  },

  openRun: (title: string) => `Open ${title}`,
  showCalls: 'Show the calls of this run',
  stopUndoing: 'Stop undoing…',
  cancelRun: 'Cancel this run',
  restartRun: 'Restart this run',
  pauseRun: 'Pause this run',
  resumeThat: (subject: string) => `Resume: ${subject}`,
  resumeAll: (what: string) => `Resume ${what}`,
  resumeAllOfIt: 'Resume all of it?',
  allGoesOn: (what: string) => `Everything that this pause holds goes on, oldest first: ${what}.`,
  closeDebt: (step: string) => `Close: ${step}…`,
  closesDebt: (step: string) => `Close what is owed for ${step}`,
  handsOverDebt: (step: string) => `Hand over what is owed for ${step}`,
}
