import type { Absence } from '../../src/domain/absence.ts'
import type { TeamId } from '../../src/domain/ids.ts'
import type { Asked } from '../../src/domain/wait.ts'
import { askedMeanwhile } from '../absences.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { day, lines, type Words } from '../rich-text.ts'
import { texts } from '../texts/index.ts'

const drawing = (...all: Words[]): Drawing => ({ blocks: [lines(all)], text: fallbackText(all) })

/** Somebody has said that they are away: until when, and who is asked meanwhile. */
export const awayNow = (
  { until, asked, team }: { until: number | null; asked: Asked | null; team: TeamId },
  ctx: DrawContext,
): Drawing => drawing(texts.askAnswers.away(until === null ? null : day(until)), askedMeanwhile(asked, team, ctx))

/** Somebody has said that they are back. */
export const backNow = (before: Absence | null): Drawing =>
  drawing([before === null ? texts.askAnswers.wasNotAway : texts.askAnswers.back])
