import type { Piece } from '../../pieces.ts'
import { say } from '../say.ts'

/** Windows in which a process is started, and the fields of their forms. */
export const startWindows = {
  choice: 'Start a process',
  which: 'Which one? The form comes filled in with what the message says; you can change everything.',
  nothingToFillIn: 'Nothing needs to be filled in.',
  submit: 'Start',
  backToForm: 'Back to the form',
  writtenBefore: (on: Piece) => say`✏️ What you had written on ${on} is filled in. Go on with it, or start afresh.`,
  writtenBeforeWithFiles: (on: Piece) =>
    say`✏️ What you had written on ${on} is filled in. Go on with it, or start afresh. Files have to be chosen again.`,
  startAfresh: 'Start afresh',
  startedAlready: 'Started already',
  noSuchField: 'The form has no field for it. Tell whoever runs Purser.',
  filesThere: (names: string) => `There already: ${names}. It stays unless you choose others.`,
}
