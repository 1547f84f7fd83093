import type { ButtonHandler } from '../../src/slack/handler.ts'
import { actionIds } from '../../views/action-ids.ts'
import { delegateModal } from '../../views/modals/hand-over-modal.ts'
import { texts } from '../../views/texts/index.ts'
import { openAskWindow } from '../ask-window.ts'

/** Asks who decides on an approval in the place of whoever was asked. */
export const delegateClicked: ButtonHandler = {
  action: actionIds.delegate,
  handle: (press, ports) =>
    openAskWindow(ports, press, { title: texts.stepWindows.handOver.title, orMay: 'escalate', draw: delegateModal }),
}
