import type { ButtonHandler } from '../../src/slack/handler.ts'
import { homeActions } from '../../views/action-ids.ts'
import { afterChoice, decodeHomeFilter } from '../../views/home/home-filter.ts'

/** A menu of the Home that narrows it down, or a button that turns its page. */
export const homeFiltered: ButtonHandler = {
  action: homeActions,
  async handle(press, { home }) {
    const now = decodeHomeFilter(press.view?.metadata ?? null)
    await home.show(press, afterChoice(now, press.action) ?? decodeHomeFilter(press.value))
  },
}
