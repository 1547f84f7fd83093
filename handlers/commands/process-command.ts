import { answerQuestion, lexiconOf } from '../../src/slack/ask/answer-question.ts'
import type { Lexicon, Question } from '../../src/slack/ask/question.ts'
import { understand } from '../../src/slack/ask/understand.ts'
import type { CommandHandler } from '../../src/slack/handler.ts'
import { tell } from '../answer.ts'
import { permitToSee } from '../permit.ts'
import { readSlashText } from './slash-text.ts'

/** `/process <who or run>`: where it stands; without a name, everything that is under way. */
export const processCommand: CommandHandler = {
  command: '/process',
  async handle(call, ports) {
    const typed = readSlashText(call.text, { kind: 'words', example: '/process Jane Doe' })
    const permitted = await permitToSee(ports, call)
    if (!permitted.ok) return await tell(ports, call, permitted.answer)
    const answer = await answerQuestion(ports, {
      question: questionIn(typed, lexiconOf(ports)),
      person: permitted.found,
    })
    await tell(ports, call, answer)
  },
}

/** Behind this command stands whom somebody looks for, whatever else it might mean. */
function questionIn(typed: string, lexicon: Lexicon): Question {
  if (typed === '') return { kind: 'in-flight' }
  const question = understand(typed, lexicon)
  if (!['help', 'unclear', 'start'].includes(question.kind)) return question
  return { kind: 'status', asked: typed, words: typed.split(' ') }
}
