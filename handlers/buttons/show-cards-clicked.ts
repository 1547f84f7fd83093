import type { ButtonHandler } from '../../src/slack/handler.ts'
import { astrayCardsOf } from '../../src/slack/list-astray.ts'
import { nobody } from '../../src/slack/surface.ts'
import { actionIds } from '../../views/action-ids.ts'
import { astrayTriedAgain } from '../../views/answers/astray-list.ts'
import { tell } from '../answer.ts'
import { permitSomewhere } from '../permit.ts'

/** Has Slack asked at once for the cards that it had refused. */
export const showCardsClicked: ButtonHandler = {
  action: actionIds.showCards,
  async handle(press, ports) {
    const permitted = await permitSomewhere(ports, press, 'retry')
    if (!permitted.ok) return await tell(ports, press, permitted.answer)
    const cards = await astrayCardsOf(ports.store, press.team)
    ports.painter.tryAgain(cards.map(({ id }) => id))
    ports.home.nudge()
    await tell(ports, press, { drawing: astrayTriedAgain(cards.length), about: nobody(press.team) })
  },
}
