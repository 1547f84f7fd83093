import { bold, type Piece } from '../../pieces.ts'
import { say } from '../say.ts'
import { count } from './count.ts'

/** Which rules hold, and what keeps a newer file from taking their place. */
export const rulesAnswer = {
  holds: (version: number, since: Piece | null) =>
    since === null
      ? say`📝 Version ${String(version)} of the rules holds.`
      : say`📝 Version ${String(version)} of the rules holds, since ${since}.`,
  fileIsSame: '✅ The rules file is as it was read then.',
  whatRunsGoBy:
    'What is under way goes on by the version that it began with; the card of a failure offers to retry it with today’s rules.',
  cannotBeUsed: (mistakes: number) =>
    `🔴 The rules file has ${count(mistakes, 'mistake')}, so it does not take their place`,
  mistake: ({ where, message, way }: { where: string; message: Piece; way: Piece }) =>
    say`${bold(where)}: ${message} (${way})`,
  mendIt: 'It is read again by itself as soon as it is saved.',
}
