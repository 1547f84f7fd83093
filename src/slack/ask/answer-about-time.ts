import { deedsAnswer } from '../../../views/answers/deeds-answer.ts'
import { didAnswer } from '../../../views/answers/did-answer.ts'
import { failedAnswer } from '../../../views/answers/failed-answer.ts'
import type { Person } from '../../domain/actor.ts'
import { drawContext, type HandlerPorts } from '../handler.ts'
import { aboutAll, learn, type Told } from './answer.ts'
import { boundsOf, type Period, THIS_WEEK } from './period.ts'
import type { Question } from './question.ts'
import { runsInTime } from './runs-in-time.ts'

type TimeQuestion = Extract<Question, { kind: 'did' | 'failed' | 'deeds' }>

const TODAY: Period = { kind: 'days', from: 0, to: 0 }

/** What happened, what failed, or who decided what in a time: in all that the asker may see. */
export async function answerAboutTime(ports: HandlerPorts, question: TimeQuestion, person: Person): Promise<Told> {
  const usual = question.kind === 'did' ? TODAY : THIS_WEEK
  const span = boundsOf(question.period ?? usual, ports.clock.now(), person.timeZone ?? 'UTC')
  const workflow = question.kind === 'failed' ? question.workflow : undefined
  const found = await runsInTime(ports, { span, person, workflow })
  await learn(ports, found.runs)
  const told = drawn(ports, question, { ...found, span })
  return { drawing: told.drawing, about: aboutAll(person.team, told.shown) }
}

function drawn(ports: HandlerPorts, question: TimeQuestion, found: Parameters<typeof failedAnswer>[0]) {
  const ctx = drawContext(ports)
  switch (question.kind) {
    case 'did':
      return { drawing: didAnswer(found.runs, { ...found.span, unopened: found.unopened }, ctx), shown: found.runs }
    case 'failed':
      return failedAnswer(found, ctx)
    case 'deeds':
      return deedsAnswer(found, question.deed, ctx)
  }
}
