import type { Piece, Words } from '../../pieces.ts'
import { say } from '../say.ts'

/** What people read of what they did just before Purser stopped. */
export const leftOver = {
  youDid: (what: Piece | null, at: Words) =>
    what ? say`You pressed or typed ${what} ${at}` : say`You pressed something here ${at}`,
  notDone: (you: Words) =>
    say`🔄 ${you}, just before Purser stopped, and it could not begin again in time. It was not carried out, and will not be: you may have found another way meanwhile. Please do it again if it is still needed.`,
  maybeDone: (you: Words, noted: string, when: Words) =>
    say`🔄 ${you}, just before Purser stopped, and it could not begin again in time. Right behind it the ledger notes under your name: ${noted} ${when}. Nothing was done since; what is missing, please do again.`,
  isDone: (you: Words, noted: string, when: Words) =>
    say`🔄 ${you}, just before Purser stopped. The ledger notes under your name: ${noted} ${when}. It is not done a second time.`,
  now: (status: Words) => say`Now: ${status}`,
  askedEarlier: (at: Words) => say`🔄 You asked ${at}, while Purser was not running. This is the answer of now.`,
}
