import type { KnownBlock } from '@slack/types'
import { actionIds } from '../action-ids.ts'
import { actions, button } from '../blocks.ts'
import type { Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { bold, labelled, lines, outside, type Words } from '../rich-text.ts'
import { texts } from '../texts/index.ts'
import { fullStop } from '../wording.ts'

/** Cards of one channel that it does not take, for one reason. */
export interface AstrayCards {
  channel: string
  why: string
  count: number
  /** Of them, those that stand somewhere else meanwhile. */
  elsewhere: number
}

const MOST_LISTED = 8

/** Which cards could not be delivered, and what mends it, behind an answer. */
export function withAstray(drawing: Drawing, astray: readonly AstrayCards[]): Drawing {
  if (astray.length === 0) return drawing
  const points = astray.slice(0, MOST_LISTED).map(astrayWords)
  return {
    blocks: [...drawing.blocks, listed(astray)],
    text: `${drawing.text}\n${fallbackText([[texts.lists.astray], ...points])}`,
  }
}

const listed = (astray: readonly AstrayCards[]): KnownBlock =>
  labelled(texts.lists.astray, { points: astray.slice(0, MOST_LISTED).map(astrayWords) })

/** The same on the Home, where one has them tried again; nothing when every card stands where it belongs. */
export const astrayPart = (astray: readonly AstrayCards[]): KnownBlock[] =>
  astray.length === 0
    ? []
    : [
        listed(astray),
        actions([
          button({
            ...{ text: texts.lists.tryAgain, action: actionIds.showCards, value: 'all' },
            label: texts.lists.tryCardsAgain,
          }),
        ]),
      ]

/** What pressing it does. */
export function astrayTriedAgain(cards: number): Drawing {
  const { noneAstray, tryingAgain, stillAstray } = texts.lists
  const all: Words[] = cards === 0 ? [[noneAstray]] : [[tryingAgain(cards)], [stillAstray]]
  return { blocks: [lines(all)], text: fallbackText(all) }
}

const astrayWords = ({ channel, why, count: cards, elsewhere }: AstrayCards): Words =>
  texts.lists.cardsFor({ cards, channel: bold(channel, 80), why: [outside(why, 300), fullStop(why)], elsewhere })
