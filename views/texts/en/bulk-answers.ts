import { bold, type Piece } from '../../pieces.ts'
import { say } from '../say.ts'
import { count } from './count.ts'

const command = bold('/purser retry service:github since:2h')

interface Listed {
  name: Piece
  progress: string
  by: Piece
  since: Piece
  isOver: boolean
}

/** Answers about retrying many steps at once. */
export const bulkAnswers = {
  nothingFits: 'Nothing fits that can be retried in bulk.',
  leftOut: (steps: number) => `${count(steps, 'step')} left out: somebody has to look.`,
  none: () => say`Nothing was retried in bulk yet. ${command} begins one.`,
  some: (bulks: number) => say`🔁 ${count(bulks, 'bulk retry', 'bulk retries')}, newest first. ${command} begins one.`,
  bulk: ({ name, progress, by, since, isOver }: Listed) =>
    say`${name}: ${progress}. By ${by}, ${since}, ${isOver ? 'ended' : 'under way'}.`,
  over: (progress: Piece) => say`⏱️ All of them had their turn already: ${progress}.`,
  tooOld: () => say`⏱️ This list is too old, and nothing was retried. Ask again with ${bold('/purser retry')}.`,
  exactlyThese: 'What is shown there is exactly what is retried.',
}
