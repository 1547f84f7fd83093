import type { Piece } from '../../pieces.ts'
import { given, say } from '../say.ts'
import { count } from './count.ts'

interface Ended {
  count: number
  succeeded: number
  refused: number
  /** Half of them took no longer; null: none succeeded. */
  median: string | null
}

/** A channel's summary in the morning, and the card that shows all runs of a crowded one. */
export const digestAndBoard = {
  nothingToDo: '☀️ Today: nothing is stuck, overdue or owed',
  thingsToDo: (things: number) => `☀️ Today: ${count(things, 'thing')} to look at`,
  stuck: '🔴 Stuck',
  overdue: '⏰ Overdue tasks',
  owed: '🧾 Owed, soon or overdue',
  stuckSince: (step: Piece, since: Piece) => say`${step}, since ${since}`,
  owes: ({ step, due, who }: { step: Piece; due: Piece; who: Piece }) => say`${step}, due ${due}, ${who}`,
  going: ({ underWay, waiting, held }: { underWay: number; waiting: number; held: number }) => {
    const parts = [...(waiting > 0 ? [`${waiting} waiting`] : []), ...(held > 0 ? [`${held} held or paused`] : [])]
    const ofThem = parts.length > 0 ? ` (${parts.join(', ')})` : ''
    return `🔵 ${underWay === 0 ? 'Nothing' : underWay} under way${ofThem}.`
  },
  nothingEnded: 'Nothing has ended since the last digest.',
  ended: ({ count: all, succeeded, refused, median }: Ended) => {
    const within = median === null ? '' : `, half of them within ${median}`
    const refusals = refused > 0 ? ` ${refused} refused.` : ''
    return `✅ ${succeeded} of ${count(all, 'run')} that ended succeeded${within}.${refusals}`
  },
  digestOf: (since: string, now: string) => `Since ${since} · as of ${now} · /purser failures lists what is stuck`,

  noneUnderWay: '✅ Nothing is under way here any more',
  underWay: (runs: number, andMore: boolean) => `🔵 ${count(runs, 'run')}${andMore ? ' or more' : ''} under way`,
  cardsOfTheirOwn: 'Every run that this card showed has a card of its own now.',
  oneCard: 'So many at once share this card; a run gets a card of its own when it needs somebody, and when it ends.',
  others: (hidden: number, andMore: boolean) =>
    `… and ${hidden}${andMore ? ' or more' : ''} others: /process lists them`,
  asOf: (now: string) => `As of ${now}`,
  line: ({ finished, steps, doing, ...run }: Line) =>
    say`${run.subject} · ${run.title} ${run.id} · ${finished} of ${steps}${given(doing, ({ sign, step }) => say` · ${sign} ${step}`)}`,
}

interface Line {
  subject: Piece
  title: Piece
  id: string
  finished: number
  steps: number
  doing: { sign: string; step: Piece } | null
}
