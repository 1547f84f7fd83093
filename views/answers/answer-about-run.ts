import type { KnownBlock } from '@slack/types'
import { actionIds } from '../action-ids.ts'
import { actions, button } from '../blocks.ts'
import { runStatus, statusAboveSteps } from '../cards/run-status.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { encodeCallsRef, encodeRunRef } from '../references.ts'
import { bold, labelled, lines, outside, type Words } from '../rich-text.ts'
import { texts } from '../texts/index.ts'
import { sources } from './sources.ts'
import type { RunInAnswer } from './status-answer.ts'

interface Parts {
  /** The answer itself, in a sentence or two. */
  says: readonly Words[]
  label?: string
  points?: readonly Words[]
  entries?: readonly string[]
  /** Leaves out where the run stands, when the answer says it. */
  withoutStatus?: boolean
  /** The points say whom it waits for. */
  tellsWaits?: boolean
}

/** An answer about one run: what was asked, where it stands, its sources, and ways to see more. */
export function answerAboutRun(found: RunInAnswer, parts: Parts, ctx: DrawContext): Drawing {
  const { run, outline } = found
  const head: Words = [bold(run.subject.label), ' · ', outside(outline.title)]
  const whole = parts.tellsWaits ? statusAboveSteps(run, outline, ctx) : runStatus(run, outline, ctx)
  const status = parts.withoutStatus ? [] : [whole]
  const points = parts.points ?? []
  const from = sources({ runs: [run.id], entries: parts.entries ?? [] })
  const blocks: KnownBlock[] = [
    lines([head, ...parts.says, ...status]),
    ...(points.length > 0 ? [labelled(parts.label ?? texts.runAnswers.inDetail, { points: [...points] })] : []),
    ...from.block,
    actions([
      button({
        text: texts.words.show,
        action: actionIds.showRun,
        value: encodeRunRef(run.id),
        label: texts.words.showThat(run.subject.label),
      }),
      button({ text: texts.words.calls, action: actionIds.openAudit, value: encodeCallsRef(run.id) }),
    ]),
  ]
  return { blocks, text: fallbackText([head, ...parts.says, ...status, ...points, ...from.words]) }
}
