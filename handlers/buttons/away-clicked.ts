import { z } from 'zod'
import type { ButtonHandler } from '../../src/slack/handler.ts'
import { nobody } from '../../src/slack/surface.ts'
import { actionIds } from '../../views/action-ids.ts'
import { awayModal } from '../../views/modals/away-modal.ts'
import { texts } from '../../views/texts/index.ts'
import { tell } from '../answer.ts'
import { sayBack } from '../away.ts'
import { openWindow } from '../open-window.ts'
import { whoAsks } from '../permit.ts'

const Back = z.looseObject({ action_id: z.literal(actionIds.sayBack) })

/** On the Home: asks until when somebody is away, or notes that they are back. */
export const awayClicked: ButtonHandler = {
  action: /^away\.(?:open|back)$/,
  async handle(press, ports) {
    if (Back.safeParse(press.action).success) {
      const asker = await whoAsks(ports, press)
      if (!asker.ok) return await tell(ports, press, asker.answer)
      await sayBack(ports, press)
      return await ports.home.show(press)
    }
    await openWindow(ports, {
      asked: press,
      title: texts.otherWindows.away.title,
      async draw() {
        const asker = await whoAsks(ports, press)
        return asker.ok ? { ok: true, found: { view: awayModal(), about: nobody(press.team) } } : asker
      },
    })
  },
}
