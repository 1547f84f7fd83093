import type { ApartOutcome } from '../../cards/bulk-card.ts'
import type { Piece, Words } from '../../pieces.ts'
import { given, say } from '../say.ts'
import { count } from './count.ts'

const apart: Record<ApartOutcome, { label: string; way: string; so: (steps: number) => string }> = {
  'failed-again': {
    label: '🔴 Failed again',
    way: 'Their cards ask for a decision.',
    so: () => 'failed again',
  },
  'second-person': {
    label: '🤝 Need a second person',
    way: 'Retry each on its card; somebody else confirms.',
    so: (steps) => (steps === 1 ? 'needs a second person' : 'need a second person'),
  },
  decided: {
    label: '👤 Decided by others, or went on meanwhile',
    way: 'Nothing was changed.',
    so: (steps) => (steps === 1 ? 'was decided by others' : 'were decided by others'),
  },
  refused: { label: '⛔ Could not be retried', way: 'Their cards say why.', so: () => 'could not be retried' },
  'not-allowed': { label: '🔒 Not yours to retry', way: 'Nothing was changed.', so: () => 'not allowed' },
  stopped: { label: '✋ Not retried any more', way: 'They are as they were before.', so: () => 'stopped' },
}

/** The card of a bulk retry, and how far one is. */
export const bulkCard = {
  title: ({ sign, name, retried, all }: { sign: string; name: string; retried: number; all: number }) =>
    `${sign} Bulk retry “${name}”: ${retried} of ${all} retried`,
  since: (at: string, perMinute: number) => `Since ${at}, ${perMinute} a minute`,
  progress: (retried: number, all: number) => `${retried} of ${all} retried`,
  apart: (outcome: ApartOutcome, steps: number) => `${steps} ${apart[outcome].so(steps)}`,
  label: (outcome: ApartOutcome, steps: number) => `${apart[outcome].label} (${steps})`,
  way: (outcome: ApartOutcome) => apart[outcome].way,

  howFar: 'Progress',
  everything: 'everything that fails',
  askedFor: ({ by, filter, progress }: { by: Piece; filter: Piece; progress: string }) =>
    say`Asked for by ${by}, for what fits ${filter}. ${progress}.`,
  so: (amount: { succeeded: number; goOn: number; waiting: number }) => {
    const goOn = amount.goOn > 0 ? `, ${amount.goOn} under way` : ''
    const waiting = amount.waiting > 0 ? `, ${amount.waiting} still to be retried` : ''
    return `${amount.succeeded} succeeded${goOn}${waiting}.`
  },
  stopped: (by: Piece, at: Words) => say`Stopped by ${by} ${at}.`,
  took: (time: string) => `It took ${time}.`,
  leftOut: (steps: number) => `${count(steps, 'step')} left out: somebody has to see whether they were done.`,
  member: (step: Piece, subject: Piece | null, run: string) =>
    say`${step}${given(subject, (whom) => say` for ${whom}`)} (run ${run})`,
  stop: 'Stop',
  stops: 'Stop: retry no more of them',
}
