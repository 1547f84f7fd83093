import { answerQuestion, questionOf } from '../../src/slack/ask/answer-question.ts'
import type { Question } from '../../src/slack/ask/question.ts'
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
      question: typed === '' ? { kind: 'in-flight' } : whom(typed, await questionOf(ports, permitted.found, typed)),
      person: permitted.found,
    })
    await tell(ports, call, answer)
  },
}

/** Behind this command stands whom somebody looks for, whatever else it might mean. */
function whom(typed: string, question: Question): Question {
  if (!['help', 'unclear', 'start'].includes(question.kind)) return question
  return { kind: 'status', asked: typed, words: typed.split(' ') }
}
