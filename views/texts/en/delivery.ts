import type { Piece, Words } from '../../pieces.ts'
import { say } from '../say.ts'

/** What a card says of its own delivery. */
export const delivery = {
  late: (by: string) => say`⏱️ This alert came late: ${by} after the failure.`,
  lateBecause: (by: string, why: Words) =>
    say`⏱️ This alert came late: ${by} after the failure, because Slack did not take it before: ${why}`,
  elsewhere: (home: Piece, why: Words) => say`📍 Shown here because it cannot be shown in ${home}: ${why}`,
  moved: (to: Piece) => say`📍 This card has moved to ${to}. Its buttons are there.`,
}
