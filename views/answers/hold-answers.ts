import type { Hold, HoldDecision } from '../../src/domain/hold.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { scopeInWords, untilWords, WHAT_A_PAUSE_DOES } from '../held.ts'
import { bold, lines, moment, outside, type Words } from '../rich-text.ts'

const drawing = (...all: Words[]): Drawing => ({ blocks: [lines(all)], text: fallbackText(all) })

/** Somebody was first, or it ended by itself. */
export function holdTooLate(hold: Hold, by: HoldDecision | null, ctx: DrawContext): Drawing {
  const first: Words = by
    ? ['⏱️ ', bold(ctx.name(by.by), 80), ' was first, ', ...moment(by.at, ctx.now), '.']
    : ['⏱️ It has moved on since this button was drawn.']
  const now: Words = hold.status === 'closed' ? ['It is over.'] : ['Its card shows how it stands.']
  return drawing(first, [...now, ' Nothing was changed by your click.'])
}

/** It is paused, and what that does. */
export const pausedNow = (hold: Hold, ctx: DrawContext): Drawing =>
  drawing(['⏸️ Paused: ', bold(scopeInWords(hold, ctx), 100), ...untilWords(hold.until), '.'], [WHAT_A_PAUSE_DOES])

/** It was paused already, by whom and why. */
export const pausedAlready = (hold: Hold, ctx: DrawContext): Drawing =>
  drawing([
    '⏱️ ',
    bold(ctx.name(hold.by), 80),
    ' has paused it already',
    ...untilWords(hold.until),
    ': ',
    outside(hold.reason, 300),
  ])

export const resumedNow = (hold: Hold, ctx: DrawContext): Drawing =>
  drawing(['▶️ ', bold(scopeInWords(hold, ctx), 100), ': what was held goes on, oldest first.'])

/** Nothing of that scope is paused. */
export const notPaused = (): Drawing => drawing(['Nothing of that kind is paused. ', bold('/purser'), ' shows this.'])
