import type { ButtonHandler } from '../../src/slack/handler.ts'
import { actionIds } from '../../views/action-ids.ts'
import { reassignModal } from '../../views/modals/hand-over-modal.ts'
import { texts } from '../../views/texts/index.ts'
import { openAskWindow } from '../ask-window.ts'

/** Asks who is to do a task; whoever may escalate a step may also give it to somebody else. */
export const reassignClicked: ButtonHandler = {
  action: actionIds.reassign,
  handle: (press, ports) =>
    openAskWindow(ports, press, { title: texts.stepWindows.handOver.title, orMay: 'escalate', draw: reassignModal }),
}
