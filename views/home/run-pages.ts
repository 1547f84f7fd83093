import type { ActionsBlock } from '@slack/types'
import { actionIds } from '../action-ids.ts'
import type { RunInAnswer } from '../answers/status-answer.ts'
import { actions, button } from '../blocks.ts'
import { encodeHomeFilter, type HomeFilter } from './home-filter.ts'

const ON_A_PAGE = 8

/** The runs of one page, and the buttons that turn it; a page beyond the last one is the last. */
export function runPages(
  all: readonly RunInAnswer[],
  filter: HomeFilter,
): { shown: readonly RunInAnswer[]; buttons: ActionsBlock[] } {
  const last = Math.max(0, Math.ceil(all.length / ON_A_PAGE) - 1)
  const page = Math.min(filter.page, last)
  const shown = all.slice(page * ON_A_PAGE, (page + 1) * ON_A_PAGE)
  const turn = (to: number, text: string, action: string) =>
    button({ text, action, value: encodeHomeFilter({ ...filter, page: to }), label: `${text}: page ${to + 1}` })
  const buttons = [
    ...(page > 0 ? [turn(page - 1, 'Newer', actionIds.homeNewer)] : []),
    ...(page < last ? [turn(page + 1, `Older (page ${page + 1} of ${last + 1})`, actionIds.homeOlder)] : []),
  ]
  return { shown, buttons: buttons.length > 0 ? [actions(buttons)] : [] }
}
