import type { ModalView } from '@slack/types'
import { UserMistake } from '../src/domain/errors.ts'
import type { Hold } from '../src/domain/hold.ts'
import type { TeamId } from '../src/domain/ids.ts'
import type { WorkflowDefinition } from '../src/engine/define-workflow.ts'
import { type Asked, drawContext, type HandlerPorts } from '../src/slack/handler.ts'
import { nobody } from '../src/slack/surface.ts'
import { startRunAction } from '../views/action-ids.ts'
import { heldAtStart } from '../views/answers/held-at-start.ts'
import { startIntro } from '../views/answers/start-list.ts'
import { type StartRunForm, startRunModal } from '../views/modals/start-run-modal.ts'
import { encodeWorkflowRef, type WorkflowRef } from '../views/references.ts'
import { texts } from '../views/texts/index.ts'
import { stampedAs, stampOf } from '../views/window-stamp.ts'
import { listed } from '../views/wording.ts'
import { draftOf } from './form-drafts.ts'
import { openWindow } from './open-window.ts'
import { permit } from './permit.ts'

interface Wanted {
  workflow: string
  /** What is known already, by field. */
  initial?: Readonly<Record<string, unknown>>
  /** The value of the button that knew it. */
  from?: string | null
}

/** Opens the form that starts a workflow, for those who may. Throws UserMistake when there is no such workflow. */
export async function openStartWindow(
  ports: HandlerPorts,
  asked: Asked & { triggerId: string },
  { workflow, initial = {}, from = null }: Wanted,
): Promise<void> {
  const definition = ports.workflows.find(({ name }) => name === workflow)
  if (!definition) throw noSuchWorkflow(workflow, ports.workflows)
  await openWindow(ports, {
    asked,
    title: definition.title,
    again: {
      action: startRunAction(0),
      value: from ?? encodeWorkflowRef(workflow, initial, stampOf(ports.keys.erasures())),
    },
    async draw() {
      const permitted = await permit(ports, asked, { action: 'start', workflow })
      if (!permitted.ok) return permitted
      const form = await startForm(ports, definition, await firstShown(ports, asked, { workflow, initial }))
      return {
        ok: true,
        found: {
          view: stampedAs(form, from),
          about: nobody(asked.team),
        },
      }
    },
  })
}

/** What is known already; where nothing is, what they had written in the form before they closed it. */
export async function firstShown(
  ports: Pick<HandlerPorts, 'store' | 'keys' | 'clock'>,
  asked: Asked,
  { workflow, initial }: WorkflowRef,
): Promise<Pick<StartRunForm, 'initial' | 'channel' | 'writtenAt'> & { team: TeamId }> {
  const form = { team: asked.team, channel: asked.place.channel, initial }
  const draft = Object.keys(initial).length === 0 ? await draftOf(ports, asked, workflow) : null
  return draft ? { ...form, initial: draft.values, writtenAt: draft.at } : form
}

type FormPorts = Pick<HandlerPorts, 'rules' | 'engine' | 'directory' | 'clock' | 'services' | 'workflows'>

/** The form of a workflow, with what is known already, and with what would hold it. */
export async function startForm(
  ports: FormPorts,
  definition: WorkflowDefinition,
  { team, ...form }: Pick<StartRunForm, 'initial' | 'channel' | 'note' | 'writtenAt'> & { team: TeamId },
): Promise<ModalView> {
  const rules = ports.rules.current()
  const holds = ports.engine.holds.standing(team).filter((hold) => holdsStartsOf(hold, definition))
  await ports.directory.learn(holds.map(({ by }) => by))
  return startRunModal({
    workflow: definition,
    schema: definition.input,
    ...form,
    intro: startIntro({
      runs: rules.channel('runs', definition.name),
      alerts: rules.channel('alerts', definition.name),
    }),
    held: heldAtStart(holds, drawContext(ports)),
  })
}

/** Whether something of a new run would wait for it. */
function holdsStartsOf({ status, scope }: Hold, { name, steps }: WorkflowDefinition): boolean {
  if (status !== 'open') return false
  switch (scope.of) {
    case 'everything':
      return true
    case 'workflow':
      return scope.workflow === name
    case 'service':
      return steps.some(({ uses }) => uses.some(({ service }) => service === scope.service))
  }
}

export function noSuchWorkflow(
  typed: string,
  workflows: readonly WorkflowDefinition[],
  meant: string | null = null,
): UserMistake {
  const names = workflows.map(({ name }) => name)
  return new UserMistake({
    code: 'no-such-workflow',
    message: texts.commands.noSuchWorkflow(typed),
    hint: meant ? texts.commands.didYouMean(meant) : texts.commands.thereAre(listed(names, 10)),
  })
}
