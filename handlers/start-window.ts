import { UserMistake } from '../src/domain/errors.ts'
import type { WorkflowDefinition } from '../src/engine/define-workflow.ts'
import type { Asked, HandlerPorts } from '../src/slack/handler.ts'
import { nobody } from '../src/slack/surface.ts'
import { startRunAction } from '../views/action-ids.ts'
import { startIntro } from '../views/answers/start-list.ts'
import { type StartRunForm, startRunModal } from '../views/modals/start-run-modal.ts'
import { encodeWorkflowRef } from '../views/references.ts'
import { listed } from '../views/wording.ts'
import { openWindow } from './open-window.ts'
import { permit } from './permit.ts'

interface Wanted {
  workflow: string
  /** What is known already, by field. */
  initial?: Readonly<Record<string, unknown>>
}

/** Opens the form that starts a workflow, for those who may. Throws UserMistake when there is no such workflow. */
export async function openStartWindow(
  ports: HandlerPorts,
  asked: Asked & { triggerId: string },
  { workflow, initial = {} }: Wanted,
): Promise<void> {
  const definition = ports.workflows.find(({ name }) => name === workflow)
  if (!definition) throw noSuchWorkflow(workflow, ports.workflows)
  await openWindow(ports, {
    asked,
    title: definition.title,
    again: { action: startRunAction(0), value: encodeWorkflowRef(workflow, initial) },
    async draw() {
      const permitted = await permit(ports, asked, { action: 'start', workflow })
      if (!permitted.ok) return permitted
      return {
        ok: true,
        found: {
          view: startForm(ports, definition, { initial, channel: asked.place.channel }),
          about: nobody(asked.team),
        },
      }
    },
  })
}

/** The form of a workflow, with what is known already. */
export const startForm = (
  { rules }: Pick<HandlerPorts, 'rules'>,
  definition: WorkflowDefinition,
  form: Pick<StartRunForm, 'initial' | 'channel' | 'note'>,
) =>
  startRunModal({
    workflow: definition,
    schema: definition.input,
    ...form,
    intro: startIntro({
      runs: rules.current().channel('runs', definition.name),
      alerts: rules.current().channel('alerts', definition.name),
    }),
  })

export function noSuchWorkflow(
  typed: string,
  workflows: readonly WorkflowDefinition[],
  meant: string | null = null,
): UserMistake {
  const names = workflows.map(({ name }) => name)
  return new UserMistake({
    code: 'no-such-workflow',
    message: `There is no workflow called “${typed}”.`,
    hint: meant ? `Did you mean /run ${meant}?` : `There are: ${listed(names, 10)}.`,
  })
}
