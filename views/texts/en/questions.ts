import { bold, type Piece } from '../../pieces.ts'
import { say } from '../say.ts'

/** What Purser says and asks back where it does not know what or whom somebody means. */
export const questions = {
  notUnderstood: (said: Piece) => say`I do not know what to make of ${said}.`,
  tooLong: 'That is more than I can read at once. Ask in a sentence of its own, with a question mark behind it.',
  askTheRest: (questions: number) =>
    questions === 1
      ? 'You asked one thing more: ask that by itself.'
      : `You asked ${questions} things more: ask them one by one.`,
  youCanAsk: 'You can ask for example',
  examples: [
    'how is Jane Doe’s onboarding going?',
    'jane@acme.example',
    'what is stuck?',
    'what is running?',
    'who is waiting for me?',
  ],
  toStart: () => say`To start something, use ${bold('/run')}; ${bold('/purser')} shows everything else.`,
  onlyAnswers: 'I only answer questions. Do you want to know how this is going?',

  isNow: () =>
    say`You asked about another time; this is how it stands now. For what was then, ask what happened: ${bold('what happened yesterday?')}`,
  willBe: 'You asked about a time to come; this is how it stands now.',

  answeredHere: (why: Piece) => say`I cannot answer in the channel where you asked: ${why}. Here is the answer.`,

  whichOne: 'Which one do you mean?',
  unknownOne: 'I do not know which one you mean.',
  severalMatch: (asked: Piece) => say`Several match ${asked}. Which one do you mean?`,
  unknown: (asked: Piece) => say`Nothing is known about ${asked}.`,
  didYouMean: (asked: Piece) => say`Nothing is known about ${asked}. Did you mean…`,
  howToAsk: () => say`Ask with a name, an e-mail address or the id of a run: ${bold('how is Jane Doe’s onboarding?')}`,
}
