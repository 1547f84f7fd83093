import type { ButtonHandler } from '../../src/slack/handler.ts'
import { nobody } from '../../src/slack/surface.ts'
import { actionIds } from '../../views/action-ids.ts'
import { itemGone, itemSettled, itemStillOpen } from '../../views/answers/inbox-answers.ts'
import { buttonForgotten } from '../../views/answers/private.ts'
import type { Drawing } from '../../views/drawing.ts'
import { decodeItemRef } from '../../views/references.ts'
import { actorOf, tell } from '../answer.ts'
import { permitSomewhere } from '../permit.ts'

/** Deals once more with something that came, by the rules of today. */
export const retryItemClicked: ButtonHandler = {
  action: actionIds.retryItem,
  async handle(press, ports) {
    const permitted = await permitSomewhere(ports, press, 'start')
    if (!permitted.ok) return await tell(ports, press, permitted.answer)
    const item = decodeItemRef(press.value)
    if (!item) return await tell(ports, press, { drawing: buttonForgotten(), about: nobody(press.team) })
    const answer = await ports.inbox.tryAgain({ team: press.team, item, by: actorOf(press) })
    const subjects = answer.item ? [answer.item.owner] : []
    await tell(ports, press, { drawing: drawn(answer), about: { ...nobody(press.team), subjects } })
  },
}

type Answer = Awaited<ReturnType<Parameters<ButtonHandler['handle']>[1]['inbox']['tryAgain']>>

function drawn(answer: Answer): Drawing {
  switch (answer.kind) {
    case 'settled':
      return itemSettled(answer.item)
    case 'open':
      return itemStillOpen(answer.item, answer.why)
    case 'gone':
      return itemGone(answer.item)
  }
}
