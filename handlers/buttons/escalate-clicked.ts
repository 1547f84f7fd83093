import type { ButtonHandler } from '../../src/slack/handler.ts'
import { actionIds } from '../../views/action-ids.ts'
import { escalateModal } from '../../views/modals/escalate-modal.ts'
import { decodeStepRef } from '../../views/references.ts'
import { texts } from '../../views/texts/index.ts'
import { openStepWindow } from '../step-window.ts'

/** Asks what those should know who get the ticket. */
export const escalateClicked: ButtonHandler = {
  action: actionIds.escalate,
  async handle(press, ports) {
    await openStepWindow(ports, press, {
      title: texts.stepWindows.escalate.title,
      ref: decodeStepRef(press.value),
      action: 'escalate',
      draw: escalateModal,
    })
  },
}
