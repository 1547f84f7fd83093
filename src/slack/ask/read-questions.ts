import { matchNames } from './match-names.ts'
import type { Question } from './question.ts'
import { type Known, LONGEST, readQuestion } from './read-question.ts'

/** In one message; more are asked one by one. */
const MOST_QUESTIONS = 3
const MOST_READ = 20
const SENTENCES = /(?<=[?!.…])\s+|\n+/

/**
 * What a message asks for: each of its sentences that ends as a question and is understood, or else what it says as a
 * whole. Of a long message its questions alone are read. "She" is the one who was named before.
 */
export function readQuestions(text: string, known: Known): Question[] {
  const isLong = text.length > LONGEST
  const asked = text
    .split(SENTENCES)
    .filter((sentence) => sentence.endsWith('?') && sentence.length <= LONGEST)
    .slice(-MOST_READ)
  const read = asked.length > 1 || isLong ? distinct(asked.flatMap((sentence) => questionIn(sentence, known))) : []
  if (read.length > 1 || (isLong && read.length > 0)) return read.slice(0, MOST_QUESTIONS)
  return [isLong ? { kind: 'unclear', asked: text.slice(0, LONGEST), isLong } : readQuestion(text, known)]
}

/** What a sentence among others asks; nothing where it is no more than words that are nobody's name: `any idea?` */
function questionIn(sentence: string, known: Known): Question[] {
  const question = readQuestion(sentence, known)
  const isBare = question.kind === 'status' && question.words.join(' ') === sentence.replace(/[?!.…\s]+$/, '')
  return isBare && matchNames(known.subjects, question.words).length === 0 ? [] : [question]
}

interface Named {
  asked: string
  words: readonly string[]
}

function distinct(questions: readonly Question[]): Question[] {
  const found = new Map<string, Question>()
  let named: Named | null = null
  for (const question of questions) {
    if (question.kind === 'unclear' || question.kind === 'help') continue
    const isOfIt: boolean = 'words' in question && question.words.length === 0 && question.kind !== 'did'
    const whole: Question = isOfIt ? Object.assign({}, question, named) : question
    if ('words' in whole && whole.words.length > 0) named = { asked: whole.asked, words: whole.words }
    const same = JSON.stringify({ ...whole, asked: '' }).toLowerCase()
    if (!found.has(same)) found.set(same, whole)
  }
  return [...found.values()]
}
