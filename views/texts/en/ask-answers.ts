import type { Standing } from '../../../src/domain/standing.ts'
import { bold, type Piece, type Words } from '../../pieces.ts'
import { given, say } from '../say.ts'

interface About {
  /** Who may answer. */
  who: Piece
  /** `1 of 2 approvals`; null of what is no approval. */
  approvals: string | null
}

const notYours: Record<Exclude<Standing, 'may'>, (about: About) => Words[]> = {
  'not-asked': ({ who }) => [
    say`🚫 You are not among those who are asked here.`,
    say`${who} may answer. Ask one of them to do it, or to hand it over to you.`,
  ],
  'own-run': ({ who }) => [
    say`🚫 You may not decide on what you have started or changed yourself, or on what is about you.`,
    say`${who} may. It is waiting for one of them.`,
  ],
  'approved-already': ({ approvals }) => [
    say`You have approved this already; it counts once.`,
    approvals === null ? say`It waits for others.` : say`There are ${approvals} so far.`,
  ],
  'spoken-for': () => [
    say`Your answer has been given already: by whoever stands in for you, or by you for them.`,
    say`The two of you count once. It waits for others now.`,
  ],
  'handed-over': ({ who }) => [
    say`🚫 You have handed this over.`,
    say`${who} may answer. Whoever has it can hand it back to you.`,
  ],
}

/** Answers to those who are asked for something: who may not, who is away, who wants to be reminded. */
export const askAnswers = {
  notYours,
  remind: (at: Piece) => say`🔔 I will remind you ${at}, in a direct message, if it still waits for you.`,
  nothingElseChanges: 'Nothing changes for others, nor when it is due.',
  away: (until: Piece | null) =>
    say`🌴 You are away${given(until, (end) => say` until ${end}`)}. ${bold('/purser back')} ends it.`,
  wasNotAway: 'You were not away, as far as Purser knows.',
  back: '👋 Welcome back. What was asked of others meanwhile is open to you and to them.',
}
