import type { Seconded } from '../../../src/domain/proposal.ts'
import type { Piece, Words } from '../../pieces.ts'
import { say } from '../say.ts'

const toDo: Record<Seconded, string> = {
  retry: 'retry this step',
  'not-there': 'say that it is not there, and retry',
  edit: 'change the input and retry this step',
  skip: 'skip this step',
  'mark-done': 'mark this step as done',
  cancel: 'cancel the whole run',
  restart: 'restart the whole run',
}

/** What waits for a second person. */
export const proposals = {
  toDo,
  waits: '🤝 Waits for a second person',
  proposed: ({ by, what, at, reason }: { by: Piece; what: string; at: Words; reason: Piece | null }) =>
    say`${by} proposes to ${what} (${at})${reason ? say`: ${reason}` : '.'}`,
  toConfirm: (until: Piece) => say`A second person has to confirm it, by ${until}. Until then nothing is done.`,
  confirm: (what: string) => `Confirm: ${what}`,
  withdraw: 'Withdraw',
}
