import type { ButtonHandler, ButtonPress, HandlerPorts, PressedView } from '../../src/slack/handler.ts'
import { nobody } from '../../src/slack/surface.ts'
import { startRunActions } from '../../views/action-ids.ts'
import { noticeModal } from '../../views/answers/notice-modal.ts'
import { buttonForgotten } from '../../views/answers/private.ts'
import { decodeWorkflowRef, type WorkflowRef } from '../../views/references.ts'
import { texts } from '../../views/texts/index.ts'
import { stampedAs } from '../../views/window-stamp.ts'
import { tell } from '../answer.ts'
import { permit } from '../permit.ts'
import { firstShown, openStartWindow, startForm } from '../start-window.ts'

/** A button that opens a workflow's form: on the Home, in an answer, or in a window, which then becomes the form. */
export const startClicked: ButtonHandler = {
  action: startRunActions,
  async handle(press, ports) {
    const ref = decodeWorkflowRef(press.value)
    if (ref === null) return await tell(ports, press, { drawing: buttonForgotten(), about: nobody(press.team) })
    if (press.view?.type === 'modal') return await becomeForm(ports, press, { ref, view: press.view })
    await openStartWindow(ports, press, { ...ref, from: press.value })
  },
}

async function becomeForm(
  ports: HandlerPorts,
  press: ButtonPress,
  { ref, view }: { ref: WorkflowRef; view: PressedView },
): Promise<void> {
  const { workflow, initial } = ref
  const definition = ports.workflows.find(({ name }) => name === workflow)
  const opened = { viewId: view.id, hash: view.hash }
  const permitted = await permit(ports, press, { action: 'start', workflow })
  if (!permitted.ok || !definition) {
    const drawing = permitted.ok ? buttonForgotten() : permitted.answer.drawing
    return await ports.surface.updateView(nobody(press.team), opened, noticeModal(texts.windows.notDone, drawing))
  }
  const form = await startForm(ports, definition, await firstShown(ports, press, { workflow, initial }))

  const drawn = stampedAs(form, press.value)
  await ports.surface.updateView(nobody(press.team), opened, drawn)
}
