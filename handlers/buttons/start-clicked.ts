import type { ButtonHandler } from '../../src/slack/handler.ts'
import { nobody } from '../../src/slack/surface.ts'
import { startRunActions } from '../../views/action-ids.ts'
import { buttonForgotten } from '../../views/answers/private.ts'
import { decodeWorkflowRef } from '../../views/references.ts'
import { tell } from '../answer.ts'
import { openStartWindow } from '../start-window.ts'

/** A button of the App Home or of `/run` that opens a workflow's form. */
export const startClicked: ButtonHandler = {
  action: startRunActions,
  async handle(press, ports) {
    const workflow = decodeWorkflowRef(press.value)
    if (workflow === null) {
      return await tell(ports, press, { drawing: buttonForgotten(), about: nobody(press.team) })
    }
    await openStartWindow(ports, press, { workflow })
  },
}
