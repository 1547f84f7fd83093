import type { Piece } from '../../pieces.ts'
import { say } from '../say.ts'

/** Windows about what a skipped step left owed. */
export const debtWindows = {
  wasSkipped: (step: Piece, why: Piece) => say`${step} was skipped: ${why}`,
  owedBy: (owner: Piece, due: Piece) => say`Owed by ${owner}, due ${due}.`,
  close: {
    title: 'Close what is owed',
    evidence: 'What shows that it is done?',
    evidenceMeans: 'A link, a number, or what you did: it is kept with your name.',
    example: 'Created by hand in Gusto: https://app.gusto.example/employees/77',
    noEvidence: 'Please say what shows it, in at least three characters.',
    submit: 'Close it',
  },
  handOver: { title: 'Hand over', who: 'Who does it?', example: 'You have the login for it', submit: 'Hand over' },
}
