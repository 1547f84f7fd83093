import { nearest } from '../../src/domain/nearest.ts'
import type { WorkflowDefinition } from '../../src/engine/define-workflow.ts'
import type { CommandCall, CommandHandler, HandlerPorts } from '../../src/slack/handler.ts'
import { nobody } from '../../src/slack/surface.ts'
import { startList } from '../../views/answers/start-list.ts'
import { tell } from '../answer.ts'
import { permitSomewhere } from '../permit.ts'
import { noSuchWorkflow, openStartWindow } from '../start-window.ts'
import { readSlashText } from './slash-text.ts'

/** `/run [workflow]`: its form, or what the asker may start. */
export const runCommand: CommandHandler = {
  command: '/run',
  async handle(call, ports) {
    const typed = readSlashText(call.text, { kind: 'words', example: '/run employee-onboarding' })
    if (typed === '') return await listStarts(ports, call)
    await openStartWindow(ports, call, { workflow: workflowCalled(typed, ports.workflows).name })
  },
}

async function listStarts(ports: HandlerPorts, call: CommandCall): Promise<void> {
  const permitted = await permitSomewhere(ports, call, 'start')
  if (!permitted.ok) return await tell(ports, call, permitted.answer)
  const rules = ports.rules.current()
  const canStart = ports.workflows.filter(({ name }) => rules.may(permitted.found, 'start', name))
  await tell(ports, call, { drawing: startList(canStart), about: nobody(call.team) })
}

/** By its name or its title, however they are written. */
function workflowCalled(typed: string, workflows: readonly WorkflowDefinition[]): WorkflowDefinition {
  const wanted = asName(typed)
  const found = workflows.find(({ name, title }) => name === wanted || asName(title) === wanted)
  if (!found) {
    const names = workflows.map(({ name }) => name)
    throw noSuchWorkflow(typed, workflows, nearest(wanted, names))
  }
  return found
}

const asName = (text: string): string => text.toLowerCase().replace(/[\s_-]+/g, '-')
