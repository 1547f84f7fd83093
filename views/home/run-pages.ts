import type { ActionsBlock } from '@slack/types'
import { actionIds } from '../action-ids.ts'
import { actions, button } from '../blocks.ts'
import { texts } from '../texts/index.ts'
import { encodeHomeFilter, type HomeFilter } from './home-filter.ts'

const ON_A_PAGE = 8

/** Which of so many runs stand on a page, from 0; a page beyond the last one is the last. */
export function pageOf(count: number, wanted: number): { page: number; last: number; from: number; to: number } {
  const last = Math.max(0, Math.ceil(count / ON_A_PAGE) - 1)
  const page = Math.min(wanted, last)
  return { page, last, from: page * ON_A_PAGE, to: (page + 1) * ON_A_PAGE }
}

/** The buttons that turn the pages of so many runs. */
export function turnPages(count: number, filter: HomeFilter): ActionsBlock[] {
  const { page, last } = pageOf(count, filter.page)
  const turn = (to: number, text: string, action: string) =>
    button({ text, action, value: encodeHomeFilter({ ...filter, page: to }), label: texts.home.toPage(text, to + 1) })
  const buttons = [
    ...(page > 0 ? [turn(page - 1, texts.home.newer, actionIds.homeNewer)] : []),
    ...(page < last ? [turn(page + 1, texts.home.older(page + 1, last + 1), actionIds.homeOlder)] : []),
  ]
  return buttons.length > 0 ? [actions(buttons)] : []
}
