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
    const meant = workflowsCalled(typed, ports.workflows)
    const [only] = meant
    if (!only)
      throw noSuchWorkflow(
        typed,
        ports.workflows,
        nearest(
          asName(typed),
          ports.workflows.map(({ name }) => name),
        ),
      )
    if (meant.length > 1) return await listStarts(ports, call, meant)
    await openStartWindow(ports, call, { workflow: only.name })
  },
}

async function listStarts(ports: HandlerPorts, call: CommandCall, of = ports.workflows): Promise<void> {
  const permitted = await permitSomewhere(ports, call, 'start')
  if (!permitted.ok) return await tell(ports, call, permitted.answer)
  const rules = ports.rules.current()
  const canStart = of.filter(({ name }) => rules.may(permitted.found, 'start', name))
  await tell(ports, call, { drawing: startList(canStart), about: nobody(call.team) })
}

/** By name or title, however they are written; else all of which it is a part: `equipment` is the equipment request. */
function workflowsCalled(typed: string, workflows: readonly WorkflowDefinition[]): readonly WorkflowDefinition[] {
  const wanted = asName(typed)
  const isCalled = (called: (name: string) => boolean) =>
    workflows.filter(({ name, title }) => called(name) || called(asName(title)))
  const exactly = isCalled((name) => name === wanted)
  return exactly.length > 0 ? exactly.slice(0, 1) : isCalled((name) => `-${name}`.includes(`-${wanted}`))
}

const asName = (text: string): string => text.toLowerCase().replace(/[\s_-]+/g, '-')
