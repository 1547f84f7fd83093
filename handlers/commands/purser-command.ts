import { answerQuestion } from '../../src/slack/ask/answer-question.ts'
import { helpSubject } from '../../src/slack/ask/help-subject.ts'
import { listDebts } from '../../src/slack/ask/list-debts.ts'
import { plainText } from '../../src/slack/ask/plain-text.ts'
import { actorsIn } from '../../src/slack/draw-card.ts'
import { type CommandCall, type CommandHandler, drawContext, type HandlerPorts } from '../../src/slack/handler.ts'
import { listAstray } from '../../src/slack/list-astray.ts'
import { sightOf } from '../../src/slack/sight.ts'
import { nobody } from '../../src/slack/surface.ts'
import { withAstray } from '../../views/answers/astray-list.ts'
import { debtList } from '../../views/answers/debt-list.ts'
import { unknownCommand } from '../../views/answers/help.ts'
import { withPauseHelp } from '../../views/answers/hold-answers.ts'
import { refused } from '../../views/answers/private.ts'
import { tell } from '../answer.ts'
import { digestAnswer } from '../digest-answer.ts'
import { inboxAnswer } from '../inbox-answer.ts'
import { permitToSee, whoAsks } from '../permit.ts'
import { tellAlertStats } from './alert-stats-answer.ts'
import { awayOrBack } from './away-or-back.ts'
import { bulkRetry, tellBulks } from './bulk-retry.ts'
import { pauseOrResume } from './pause-or-resume.ts'
import { readSlashText } from './slash-text.ts'
import { tellRules } from './tell-rules.ts'

/** What is owed, in the workflows whose runs the asker may see. */
async function tellDebts(call: CommandCall, ports: HandlerPorts): Promise<void> {
  const permitted = await permitToSee(ports, call)
  if (!permitted.ok) return await tell(ports, call, permitted.answer)
  const debts = await listDebts(ports, { team: call.team, sight: sightOf(ports, permitted.found) })
  await ports.directory.learn(debts.flatMap(({ run }) => actorsIn(run)))
  const subjects = [...new Set(debts.map(({ run }) => run.subject.id))]
  await tell(ports, call, { drawing: debtList(debts, drawContext(ports)), about: { ...nobody(call.team), subjects } })
}

/** What is paused or held back, and how one pauses. */
async function tellHolds(call: CommandCall, ports: HandlerPorts): Promise<void> {
  const permitted = await permitToSee(ports, call)
  if (!permitted.ok) return await tell(ports, call, permitted.answer)
  const answer = await answerQuestion(ports, { question: { kind: 'paused' }, person: permitted.found })
  await tell(ports, call, { ...answer, drawing: withPauseHelp(answer.drawing) })
}

/** `/purser`: help, what is stuck, and what the asker is asked for. */
export const purserCommand: CommandHandler = {
  command: '/purser',
  async handle(call, ports) {
    // Those who are mentioned arrive escaped.
    const typed = readSlashText(plainText(call.text), { kind: 'query', example: '/purser failures' })
    const word = typed.toLowerCase()
    if (word === 'failures') {
      const permitted = await permitToSee(ports, call)
      if (!permitted.ok) return await tell(ports, call, permitted.answer)
      const answer = await answerQuestion(ports, { question: { kind: 'stuck' }, person: permitted.found })
      const drawing = withAstray(answer.drawing, await listAstray(ports.store, call.team))
      return await tell(ports, call, { ...answer, drawing })
    }
    if (word === 'stats') return await tellAlertStats(call, ports)
    if (word === 'rules') return await tellRules(call, ports)
    if (word === 'digest') return await digestAnswer(ports, call)
    if (word === 'pause' || word === 'resume') return await tellHolds(call, ports)
    if (/^(pause|resume)\b/.test(word)) return await pauseOrResume(ports, call, typed)
    if (/^(away\b|back$)/.test(word)) return await awayOrBack(ports, call, typed)
    if (/^retry\b/.test(word)) return await bulkRetry(ports, call, typed)
    if (word === 'bulk') return await tellBulks(ports, call)
    if (word === 'inbox') return await inboxAnswer(ports, call)
    if (word === 'debts') return await tellDebts(call, ports)
    const asker = await whoAsks(ports, call)
    if (!asker.ok) return await tell(ports, call, asker.answer)
    const person = asker.found
    if (word === 'tasks') {
      return await tell(ports, call, await answerQuestion(ports, { question: { kind: 'needs-me' }, person }))
    }
    const paused = ports.engine.paused()
    if (paused && (word === '' || word === 'help')) {
      return await tell(ports, call, { drawing: refused(paused), about: nobody(call.team) })
    }
    if (word === '' || word === 'help') {
      return await tell(ports, call, await answerQuestion(ports, { question: { kind: 'help' }, person }))
    }
    const drawing = unknownCommand(typed, helpSubject(ports, person))
    await tell(ports, call, { drawing, about: nobody(call.team) })
  },
}
