import type { Run, Step } from '../../src/domain/run.ts'
import { type Standing, stillAsked } from '../../src/domain/standing.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { bold, lines } from '../rich-text.ts'
import { texts } from '../texts/index.ts'
import { approvalCount, askedInWords } from '../waits-for.ts'

/** Somebody answered who may not, or not any more: why, and who may. */
export function notAskedHere(
  { run, step }: { run: Run; step: Step },
  standing: Exclude<Standing, 'may'>,
  ctx: DrawContext,
): Drawing {
  const asked = stillAsked(step)
  const who = bold(asked ? askedInWords(asked, run.team, ctx) : '', 200)
  const approvals = step.wait?.kind === 'approval' ? approvalCount(step, step.wait) : null
  const all = texts.askAnswers.notYours[standing]({ who, approvals })
  return { blocks: [lines(all)], text: fallbackText(all) }
}
