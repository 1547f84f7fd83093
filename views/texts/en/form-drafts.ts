import type { Piece } from '../../pieces.ts'
import { say } from '../say.ts'

/** What a form says of what had been written in it before. */
export const formDrafts = {
  isFilledIn: (on: Piece) => say`✏️ What you had written on ${on} is filled in.`,
  typeAgain: (command: Piece) =>
    say`⏱️ The window could not be opened: Slack waits three seconds for it, and they were over. Send it once more: ${command}`,
  isKept: 'What you wrote is kept: open the window again, and it is filled in.',
}
