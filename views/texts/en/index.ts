import { absences } from './absences.ts'
import { held } from './held.ts'
import { leftOver } from './left-over.ts'
import { mails } from './mails.ts'
import { names } from './names.ts'
import { privateAnswers } from './private-answers.ts'
import { safeRetry } from './safe-retry.ts'
import { stepStates } from './step-states.ts'
import { times } from './times.ts'
import { words } from './words.ts'

/** What Purser says, in English. */
export const en = {
  absences,
  held,
  leftOver,
  mails,
  names,
  privateAnswers,
  safeRetry,
  stepStates,
  times,
  words,
}
