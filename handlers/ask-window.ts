import type { ModalView } from '@slack/types'
import type { ButtonPress, HandlerPorts } from '../src/slack/handler.ts'
import type { StepInModal } from '../views/modals/step-in-modal.ts'
import { decodeStepRef } from '../views/references.ts'
import { aboutRun } from './answer.ts'
import { type AskedAtHand, askedAtHand } from './asked-at-hand.ts'
import { openWindow } from './open-window.ts'

interface AskWindow {
  /** Of the placeholder. */
  title: string
  orMay?: 'escalate'
  draw(about: AskedAtHand & StepInModal): ModalView
}

/** Opens a window in which somebody answers what they are asked, as long as they are. */
export async function openAskWindow(
  ports: HandlerPorts,
  press: ButtonPress,
  { title, draw, ...wish }: AskWindow,
): Promise<void> {
  await openWindow(ports, {
    asked: press,
    title,
    async draw() {
      const at = await askedAtHand(ports, press, { ref: decodeStepRef(press.value), ...wish })
      if (!at.ok) return at
      const { run, step, definition } = at.found
      const view = draw({ ...at.found, outline: definition.outline })
      return { ok: true, found: { view, about: { ...aboutRun(run), step: step.key } } }
    },
  })
}
