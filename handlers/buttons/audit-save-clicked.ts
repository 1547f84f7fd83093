import type { ButtonHandler } from '../../src/slack/handler.ts'
import { nobody } from '../../src/slack/surface.ts'
import { actionIds } from '../../views/action-ids.ts'
import { buttonForgotten } from '../../views/answers/private.ts'
import { saveQueryModal } from '../../views/modals/save-query-modal.ts'
import { decodeAuditRef } from '../../views/references.ts'
import { texts } from '../../views/texts/index.ts'
import { openWindow } from '../open-window.ts'
import { permitSomewhere } from '../permit.ts'

/** Asks for the name under which the page's query is saved. */
export const auditSaveClicked: ButtonHandler = {
  action: actionIds.saveAudit,
  async handle(press, ports) {
    await openWindow(ports, {
      asked: press,
      title: texts.otherWindows.saveQuery.title,
      async draw() {
        const ref = decodeAuditRef(press.value)
        if (!ref) return { ok: false, answer: { drawing: buttonForgotten(), about: nobody(press.team) } }
        const permitted = await permitSomewhere(ports, press, 'audit')
        if (!permitted.ok) return permitted
        return { ok: true, found: { view: saveQueryModal(ref.query), about: nobody(press.team) } }
      },
    })
  },
}
