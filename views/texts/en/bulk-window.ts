import type { Piece } from '../../pieces.ts'
import { say } from '../say.ts'
import { count } from './count.ts'

/** What would be retried at once, before anybody asks for it. */
export const bulkWindow = {
  title: 'Retry in bulk',
  willBeRetried: (amount: Piece) => say`${amount} will be retried, oldest run first.`,
  steps: (amount: number) => count(amount, 'step'),
  filter: (typed: string) => `Filter: ${typed}`,
  allThatFails: 'Filter: everything that fails',
  safe: 'Safe to retry',
  member: ({ step, subject, run }: { step: Piece; subject: Piece; run: string }) =>
    say`${step} for ${subject} (run ${run})`,
  failedMember: ({ step, subject, run, why }: { step: Piece; subject: Piece; run: string; why: Piece }) =>
    say`${step} for ${subject} (run ${run}): ${why}`,
  notKnown: '❓ Left out: it is not known whether they were done',
  oneByOne: 'Decide those on their cards, one by one.',
  moreFit: (steps: number) => `${steps} more fit: ask once more when these are through.`,
  notAllowed: (runs: number) => `${count(runs, 'run')} not looked through: you may not retry there.`,
  held: (steps: number) =>
    `⏸️ ${count(steps, 'step')} ${steps === 1 ? 'is' : 'are'} held by a pause, an incident or the brake, and ${steps === 1 ? 'goes' : 'go'} on when that ends.`,
  name: 'What is it called?',
  nameMeans: 'Shown on its card, so that others know what it is about.',
  nameExample: 'GitHub outage',
  nameTooShort: 'Give it a name, of at least three characters.',
  rate: 'How many a minute?',
  rateMeans: 'A service that was down takes them better one after another.',
  rateWrong: (most: number) => `A whole number from 1 to ${most}.`,
  submit: 'Retry them',
}
