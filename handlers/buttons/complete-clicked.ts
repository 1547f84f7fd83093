import { z } from 'zod'
import { definitionOf } from '../../src/engine/definition-of.ts'
import type { ButtonHandler } from '../../src/slack/handler.ts'
import { actionIds } from '../../views/action-ids.ts'
import { completeModal } from '../../views/modals/complete-modal.ts'
import { texts } from '../../views/texts/index.ts'
import { openAskWindow } from '../ask-window.ts'

/** Asks for the evidence of a task that was done by hand. */
export const completeClicked: ButtonHandler = {
  action: actionIds.complete,
  handle: (press, ports) =>
    openAskWindow(ports, press, {
      title: texts.stepWindows.complete.title,
      draw: (about) => completeModal(about, definitionOf(about.definition, about.step.key)?.output ?? z.object({})),
    }),
}
