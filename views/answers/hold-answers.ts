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
  const says = texts.holdAnswers
  const first: Words = by ? says.wasFirst(bold(ctx.name(by.by), 80), moment(by.at, ctx.now)) : [texts.words.movedOn]
  return drawing(first, [hold.status === 'closed' ? says.isOver : says.seeCard])
}

/** It is paused, and what that does. */
export const pausedNow = (hold: Hold, ctx: DrawContext): Drawing =>
  drawing(texts.holdAnswers.paused(bold(scopeInWords(hold, ctx), 100), endWords(hold.until, mayResume(hold, ctx))), [
    texts.held.whatAPauseDoes,
  ])

/** One run is paused, and what that does. */
export const runPausedNow = (run: Run, ctx: DrawContext): Drawing =>
  drawing(
    texts.holdAnswers.runPaused({
      subject: bold(run.subject.label, 100),
      run: shortId(run.id),
      until: untilOf(run, ctx),
    }),
    [texts.holdAnswers.whatPausingARunDoes],
  )

const untilOf = ({ paused, workflow }: Run, ctx: DrawContext): Words =>
  endWords(paused?.until ?? null, ctx.mayResume?.(workflow) ?? '')

export const runResumedNow = (run: Run): Drawing =>
  drawing(texts.holdAnswers.runGoesOn(bold(run.subject.label, 100), shortId(run.id)))

/** It was paused already, by whom and why. */
export const pausedAlready = (hold: Hold, ctx: DrawContext): Drawing =>
  drawing(
    texts.holdAnswers.pausedAlready({
      by: bold(ctx.name(hold.by), 80),
      until: untilWords(hold.until),
      reason: outside(hold.reason, 300),
    }),
  )

export const resumedNow = (hold: Hold, ctx: DrawContext): Drawing =>
  drawing(texts.holdAnswers.goesOn(bold(scopeInWords(hold, ctx), 100)))

/** Nothing of that scope is paused. */
export const notPaused = (): Drawing => drawing(texts.holdAnswers.notPaused())

/** What is paused, and how one pauses and resumes. */
export function withPauseHelp({ blocks, text }: Drawing): Drawing {
  const { howToPause, how } = texts.holdAnswers
  return { blocks: [...blocks, labelled(howToPause, { points: how() })], text: `${text}\n${fallbackText(how())}` }
}
