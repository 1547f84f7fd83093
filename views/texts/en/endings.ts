import type { Piece, Words } from '../../pieces.ts'
import { say } from '../say.ts'
import { confirmed } from './asides.ts'
import { count } from './count.ts'

interface Decided {
  by: Piece
  at: Words
}

/** How a step ended, on the card that asked people about it. */
export const endings = {
  skipped: ({ by, confirmedBy, at, reason }: Decided & { confirmedBy: Piece | null; reason: Piece }) =>
    say`Skipped by ${by}${confirmed(confirmedBy)} ${at}: ${reason}`,
  refused: ({ by, at, reason }: Decided & { reason: Piece }) => say`Refused by ${by} ${at}: ${reason}`,
  ruledOut: (since: Piece) => say`No longer needed since ${since}: its rule said no.`,
  leftOut: (since: Piece, without: Piece) =>
    say`No longer needed since ${since}: it needs ${without}, which did not happen.`,
  runCancelled: (how: Words) => say`The run was cancelled${how}`,
  markedDone: ({ by, confirmedBy, at, found }: Decided & { confirmedBy: Piece | null; found: Piece | null }) =>
    say`Marked done by ${by}${confirmed(confirmedBy)} ${at}${found ? say`: ${found}` : '.'}`,
  retried: (at: Words, { by, at: then }: Decided) => say`Done ${at}, after ${by} retried it ${then}.`,
  edited: (at: Words, { by, at: then }: Decided) =>
    say`Done ${at}, after ${by} changed its input and retried it ${then}.`,
  recovered: (at: Words, attempts: number) => say`It recovered by itself ${at}, after ${count(attempts, 'attempt')}.`,
  stillOwed: (by: Piece, due: Piece) => say`Still owed by ${by}, due ${due}.`,
  doneSince: ({ by, at, evidence }: Decided & { evidence: Piece }) => say`Done since by ${by} ${at}: ${evidence}`,
}
