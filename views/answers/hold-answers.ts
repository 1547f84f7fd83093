import type { Hold, HoldDecision } from '../../src/domain/hold.ts'
import { shortId } from '../../src/domain/ids.ts'
import type { Run } from '../../src/domain/run.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { endWords, mayResume, scopeInWords, untilWords } from '../held.ts'
import { bold, labelled, lines, moment, outside, type Words } from '../rich-text.ts'
import { texts } from '../texts/index.ts'

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
  drawing(
    ['⏸️ Paused: ', bold(scopeInWords(hold, ctx), 100), ...endWords(hold.until, mayResume(hold, ctx)), '.'],
    [texts.held.whatAPauseDoes],
  )

/** One run is paused, and what that does. */
export const runPausedNow = (run: Run, ctx: DrawContext): Drawing =>
  drawing(
    ['⏸️ Paused: ', bold(run.subject.label, 100), ` (run ${shortId(run.id)})`, ...untilOf(run, ctx), '.'],
    ['What is under way finishes, and nothing else of it is started. Its card has the button that resumes it.'],
  )

const untilOf = ({ paused, workflow }: Run, ctx: DrawContext): Words =>
  endWords(paused?.until ?? null, ctx.mayResume?.(workflow) ?? '')

export const runResumedNow = (run: Run): Drawing =>
  drawing(['▶️ ', bold(run.subject.label, 100), ` (run ${shortId(run.id)}) goes on.`])

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

const HOW: readonly Words[] = [
  [bold('/purser pause everything for 2h why'), ', or ', bold('workflow NAME'), ', ', bold('service NAME')],
  [bold('/purser pause Jane Doe: why'), ' pauses her run; ', bold('/purser resume …'), ' with the same words ends it'],
]

/** What is paused, and how one pauses and resumes. */
export const withPauseHelp = ({ blocks, text }: Drawing): Drawing => ({
  blocks: [...blocks, labelled('How to pause', { points: HOW })],
  text: `${text}\n${fallbackText(HOW)}`,
})
