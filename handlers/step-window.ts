import type { ModalView } from '@slack/types'
import type { WorkflowOutline } from '../src/domain/outline.ts'
import type { Seconded } from '../src/domain/proposal.ts'
import type { Action } from '../src/rules/rules.ts'
import type { ButtonPress, HandlerPorts } from '../src/slack/handler.ts'
import type { Deed } from '../views/answers/deeds.ts'
import type { StepRef } from '../views/references.ts'
import { aboutRun } from './answer.ts'
import { openWindow } from './open-window.ts'
import { permit } from './permit.ts'
import { proposeWindow } from './propose-window.ts'
import { type StepAtHand, stepAtHand } from './run-at-hand.ts'
import { cameTooLate } from './too-late.ts'

interface StepWindow {
  /** Of the placeholder. */
  title: string
  ref: StepRef | null
  action: Action
  /** What of the decision the rules may want a second person for. */
  seconded?: Seconded
  /** Whether they may do this to runs of the workflow too, and what it is called here. */
  also?: { action: Action; deed: Deed }
  draw(about: StepAtHand & { outline: WorkflowOutline }): Promise<ModalView> | ModalView
}

/** Opens a window in which somebody decides about a step, as long as there is something to decide. */
export async function openStepWindow(
  ports: HandlerPorts,
  press: ButtonPress,
  { title, ref, action, seconded, also, draw }: StepWindow,
): Promise<void> {
  await openWindow(ports, {
    asked: press,
    title,
    async draw() {
      const at = await stepAtHand(ports, press, { ref, action })
      if (!at.ok) return at
      const { run, step, definition } = at.found
      const permitted = also ? await permit(ports, press, { ...also, workflow: run.workflow }) : at
      if (!permitted.ok) return permitted
      // A ticket that is open or on its way leaves the step's version as it was.
      if (action === 'escalate' && step.escalation && step.escalation.status !== 'failed') {
        const by = step.decisions.findLast(({ kind }) => kind === 'escalate') ?? null
        return { ok: false, answer: await cameTooLate(ports, { run, by, status: step.status }) }
      }
      const window = await draw({ ...at.found, outline: definition.outline })
      const view = seconded ? await proposeWindow(ports, { run, step, decision: seconded }, window) : window
      return { ok: true, found: { view, about: { ...aboutRun(run), step: step.key } } }
    },
  })
}
