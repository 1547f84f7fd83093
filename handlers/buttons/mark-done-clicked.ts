import { definitionOf } from '../../src/engine/definition-of.ts'
import type { ButtonHandler } from '../../src/slack/handler.ts'
import { actionIds } from '../../views/action-ids.ts'
import { markDoneModal } from '../../views/modals/mark-done-modal.ts'
import { decodeStepRef } from '../../views/references.ts'
import { texts } from '../../views/texts/index.ts'
import { openStepWindow } from '../step-window.ts'

/** Asks what was found, and for the result that later steps take. */
export const markDoneClicked: ButtonHandler = {
  action: actionIds.markDone,
  async handle(press, ports) {
    await openStepWindow(ports, press, {
      title: texts.stepWindows.markDone.title,
      ref: decodeStepRef(press.value),
      action: 'mark-done',
      seconded: 'mark-done',
      draw: (about) => markDoneModal(about, definitionOf(about.definition, about.step.key)?.output ?? null),
    })
  },
}
