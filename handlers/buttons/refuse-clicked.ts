import type { ButtonHandler } from '../../src/slack/handler.ts'
import { actionIds } from '../../views/action-ids.ts'
import { refuseModal } from '../../views/modals/refuse-modal.ts'
import { texts } from '../../views/texts/index.ts'
import { openAskWindow } from '../ask-window.ts'

/** Asks why an approval is refused. */
export const refuseClicked: ButtonHandler = {
  action: actionIds.refuse,
  handle: (press, ports) => openAskWindow(ports, press, { title: texts.stepWindows.refuse.title, draw: refuseModal }),
}
