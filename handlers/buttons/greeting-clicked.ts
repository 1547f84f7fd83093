import { z } from 'zod'
import { answerQuestion } from '../../src/slack/ask/answer-question.ts'
import type { Question } from '../../src/slack/ask/question.ts'
import type { ButtonHandler } from '../../src/slack/handler.ts'
import { actionIds, greetActions } from '../../views/action-ids.ts'
import { tell } from '../answer.ts'
import { permitToSee, whoAsks } from '../permit.ts'

const QUESTIONS: Readonly<Record<string, Question>> = {
  [actionIds.greetStart]: { kind: 'start' },
  [actionIds.greetStuck]: { kind: 'stuck' },
  [actionIds.greetHelp]: { kind: 'help' },
}

const Pressed = z.looseObject({ action_id: z.string() })

/** A button of the greeting: answered to whoever pressed it, as if they had asked. */
export const greetingClicked: ButtonHandler = {
  action: greetActions,
  async handle(press, ports) {
    const question = QUESTIONS[Pressed.parse(press.action).action_id] ?? { kind: 'help' }
    const asker = question.kind === 'stuck' ? await permitToSee(ports, press) : await whoAsks(ports, press)
    if (!asker.ok) return await tell(ports, press, asker.answer)
    await tell(ports, press, await answerQuestion(ports, { question, person: asker.found }))
  },
}
