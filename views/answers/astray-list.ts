import type { KnownBlock } from '@slack/types'
import { actionIds } from '../action-ids.ts'
import { actions, button } from '../blocks.ts'
import type { Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { bold, labelled, lines, outside, type Words } from '../rich-text.ts'
import { count, fullStop } from '../wording.ts'

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
    text: `${drawing.text}\n${fallbackText([[TITLE], ...points])}`,
  }
}

const TITLE = '⚠️ Cards that cannot be shown where they belong'

const listed = (astray: readonly AstrayCards[]): KnownBlock =>
  labelled(TITLE, { points: astray.slice(0, MOST_LISTED).map(astrayWords) })

/** The same on the Home, where one has them tried again; nothing when every card stands where it belongs. */
export const astrayPart = (astray: readonly AstrayCards[]): KnownBlock[] =>
  astray.length === 0
    ? []
    : [
        listed(astray),
        actions([
          button({
            ...{ text: 'Try again', action: actionIds.showCards, value: 'all' },
            label: 'Try again to show these cards',
          }),
        ]),
      ]

/** What pressing it does. */
export function astrayTriedAgain(cards: number): Drawing {
  const all: Words[] =
    cards === 0
      ? [['✅ Every card stands where it belongs already.']]
      : [
          [`🔄 Trying to show ${count(cards, 'card')} again. What Slack takes now stands in its channel in a moment.`],
          ['What it still refuses stays on your Home with the reason, and nothing of it is lost.'],
        ]
  return { blocks: [lines(all)], text: fallbackText(all) }
}

const astrayWords = ({ channel, why, count: cards, elsewhere }: AstrayCards): Words => [
  `${count(cards, 'card')} for `,
  bold(channel, 80),
  ': ',
  outside(why, 300),
  fullStop(why),
  elsewhere === 0
    ? ' Nobody sees them.'
    : elsewhere === cards
      ? ' Shown elsewhere meanwhile.'
      : ` ${elsewhere} shown elsewhere.`,
]
