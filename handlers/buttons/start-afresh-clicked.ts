import type { ButtonHandler } from '../../src/slack/handler.ts'
import { actionIds } from '../../views/action-ids.ts'
import { decodeWorkflowRef } from '../../views/references.ts'
import { forgetDraft } from '../form-drafts.ts'
import { startClicked } from './start-clicked.ts'

/** Forgets what was written in a form that was closed, and empties the form. */
export const startAfreshClicked: ButtonHandler = {
  action: actionIds.startAfresh,
  async handle(press, ports) {
    const ref = decodeWorkflowRef(press.value)
    if (ref) await forgetDraft(ports, press, ref.workflow)
    await startClicked.handle(press, ports)
  },
}
