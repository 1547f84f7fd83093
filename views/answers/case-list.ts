import type { KnownBlock } from '@slack/types'
import { actionIds } from '../action-ids.ts'
import { actions, button } from '../blocks.ts'
import { caseWords, type ShownCase } from '../cards/storm-card.ts'
import type { Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { inboxButtons } from '../inbox-buttons.ts'
import { encodeCasesRef } from '../references.ts'
import { labelled, paragraph, type Words } from '../rich-text.ts'
import { texts } from '../texts/index.ts'

/** Of a list, at once. */
export const CASES_AT_ONCE = 20

export interface CaseList {
  alert: string
  shown: readonly ShownCase[]
  /** How many stand before these. */
  skip: number
  open: number
}

/** All that an alert stands for and that is not over, oldest first, a page at a time. */
export function caseList({ alert, shown, skip, open }: CaseList): Drawing {
  const { list, noneOpen, nextOnes } = texts.alertStorms
  if (shown.length === 0) return { blocks: [paragraph(noneOpen)], text: noneOpen }
  const head = list(skip + 1, skip + shown.length, open)
  const said = shown.map(caseWords)
  const next = skip + shown.length
  const value = encodeCasesRef({ alert, skip: next })
  return {
    blocks: [
      ...blocksOf(head, shown, said),
      ...(next < open ? [actions([button({ text: nextOnes, action: actionIds.showCases, value })])] : []),
    ],
    text: fallbackText([[head], ...said.map((words): Words => ['• ', ...words])]),
  }
}

/** What came from outside is tried again or dismissed in the list. */
function blocksOf(head: string, shown: readonly ShownCase[], said: readonly Words[]): KnownBlock[] {
  const items = shown.map(({ of, isSeen }) => (isSeen && 'item' in of.matter ? of.matter.item : null))
  if (items.every((item) => item === null)) return [labelled(head, { points: said })]
  const each = said.flatMap((words, index): KnownBlock[] => {
    const item = items[index]
    return [paragraph(...words), ...(item ? [inboxButtons(item)] : [])]
  })
  return [labelled(head, {}), ...each]
}
