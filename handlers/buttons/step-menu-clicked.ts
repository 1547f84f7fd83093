import type { ButtonHandler } from '../../src/slack/handler.ts'
import { nobody } from '../../src/slack/surface.ts'
import { actionIds } from '../../views/action-ids.ts'
import { buttonForgotten } from '../../views/answers/private.ts'
import { decodeStepMenu, encodeCallsRef, encodeRunRef, encodeStepRef } from '../../views/references.ts'
import { tell } from '../answer.ts'
import { auditOpened } from './audit-opened.ts'
import { cancelClicked } from './cancel-clicked.ts'
import { editClicked } from './edit-clicked.ts'
import { markDoneClicked } from './mark-done-clicked.ts'
import { pauseRunClicked } from './pause-run-clicked.ts'
import { resumeRunClicked } from './resume-run-clicked.ts'
import { retryClicked } from './retry-clicked.ts'

/** The menu beside a step's buttons: each choice is as good as its own button. */
export const stepMenuClicked: ButtonHandler = {
  action: actionIds.stepMenu,
  async handle(press, ports) {
    const menu = decodeStepMenu(press.action)
    if (!menu) return await tell(ports, press, { drawing: buttonForgotten(), about: nobody(press.team) })
    const { choice, ref } = menu
    switch (choice) {
      case 'edit':
        return await editClicked.handle(
          { ...press, action: { action_id: actionIds.edit }, value: encodeStepRef(ref) },
          ports,
        )
      case 'retry-today': {
        const action = { action_id: actionIds.retryToday }
        return await retryClicked.handle({ ...press, action, value: encodeStepRef(ref) }, ports)
      }
      case 'mark-done':
        return await markDoneClicked.handle(
          { ...press, action: { action_id: actionIds.markDone }, value: encodeStepRef(ref) },
          ports,
        )
      case 'calls':
        return await auditOpened.handle({ ...press, value: encodeCallsRef(ref.run, ref.step) }, ports)
      case 'pause':
        return await pauseRunClicked.handle(
          { ...press, action: { action_id: actionIds.pauseRun }, value: encodeRunRef(ref.run) },
          ports,
        )
      case 'resume':
        return await resumeRunClicked.handle({ ...press, value: encodeRunRef(ref.run) }, ports)
      case 'cancel':
        return await cancelClicked.handle(
          { ...press, action: { action_id: actionIds.cancelRun }, value: encodeRunRef(ref.run) },
          ports,
        )
    }
  },
}
