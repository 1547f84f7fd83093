import type { ButtonHandler } from '../../src/slack/handler.ts'
import { actionIds } from '../../views/action-ids.ts'
import { editModal } from '../../views/modals/edit-modal.ts'
import { decodeStepRef } from '../../views/references.ts'
import { texts } from '../../views/texts/index.ts'
import { openStepWindow } from '../step-window.ts'

/** Shows all that was entered, to be put right; for those who may enter it and may retry. */
export const editClicked: ButtonHandler = {
  action: actionIds.edit,
  async handle(press, ports) {
    await openStepWindow(ports, press, {
      title: texts.stepWindows.edit.title,
      ref: decodeStepRef(press.value),
      action: 'retry',
      seconded: 'edit',
      also: { action: 'start', deed: 'edit-input' },
      draw: (about) => editModal(about, about.definition.input),
    })
  },
}
