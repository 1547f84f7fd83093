import { privateAnswers } from './private-answers.ts'

/** What Purser says, in English. */
export const en = { privateAnswers }
