import type { ButtonHandler } from '../../src/slack/handler.ts'
import { nobody } from '../../src/slack/surface.ts'
import { actionIds } from '../../views/action-ids.ts'
import { itemGone } from '../../views/answers/inbox-answers.ts'
import { dismissModal } from '../../views/modals/dismiss-modal.ts'
import { decodeItemRef } from '../../views/references.ts'
import { texts } from '../../views/texts/index.ts'
import { openWindow } from '../open-window.ts'
import { permitSomewhere } from '../permit.ts'

/** Asks why something that came is dismissed, as long as it waits. */
export const dismissItemClicked: ButtonHandler = {
  action: actionIds.dismissItem,
  async handle(press, ports) {
    await openWindow(ports, {
      asked: press,
      title: texts.otherWindows.dismiss.title,
      async draw() {
        const permitted = await permitSomewhere(ports, press, 'start')
        if (!permitted.ok) return permitted
        const id = decodeItemRef(press.value)
        const item = id && (await ports.store.inboxItem(press.team, id))
        const about = { ...nobody(press.team), subjects: item ? [item.owner] : [] }
        if (!item || item.settledAt !== null) return { ok: false, answer: { drawing: itemGone(item), about } }
        return { ok: true, found: { view: dismissModal(item), about } }
      },
    })
  },
}
