import { shortId } from '../../src/domain/ids.ts'
import type { WorkflowOutline } from '../../src/domain/outline.ts'
import { type Run, settled } from '../../src/domain/run.ts'
import { context, header, markup } from '../blocks.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { bold, lines, outside, paragraph, type Words } from '../rich-text.ts'
import { stepSign } from '../step-state.ts'
import { stepTitle } from '../step-title.ts'
import { texts } from '../texts/index.ts'
import { dateToken } from '../times.ts'

export interface BoardSubject {
  /** The newest of those that are under way. */
  shown: readonly { run: Run; outline: WorkflowOutline }[]
  /** How many are under way in all, or at least. */
  count: number
  /** Whether there are more than `count`. */
  andMore: boolean
}

/** One card for all runs of a crowded channel: each on a line, with what it is at. */
export function boardCard(subject: BoardSubject, ctx: DrawContext): Drawing {
  const told = subject.shown.map(({ run, outline }) => line(run, outline))
  const hidden = subject.count - subject.shown.length
  const says = texts.digestAndBoard
  const { count, andMore } = subject
  const rest: Words[] = hidden > 0 ? [[says.others(hidden, andMore)]] : []
  const title = count === 0 ? says.noneUnderWay : says.underWay(count, andMore)
  const why: Words = [count === 0 ? says.cardsOfTheirOwn : says.oneCard]
  const all = [...told, ...rest]
  return {
    blocks: [
      header(title),
      paragraph(...why),
      ...(all.length > 0 ? [lines(all)] : []),
      context(markup(says.asOf(dateToken(ctx.now, 'near')))),
    ],
    text: fallbackText([[title], ...all]),
  }
}

function line(run: Run, outline: WorkflowOutline): Words {
  const finished = run.steps.filter(settled).length
  const at = run.steps.find((step) => !settled(step) && step.status !== 'pending')
  return texts.digestAndBoard.line({
    subject: bold(run.subject.label, 60),
    title: outside(outline.title, 40),
    id: shortId(run.id),
    finished,
    steps: run.steps.length,
    doing: at ? { sign: stepSign(at), step: outside(stepTitle(outline, at.key), 60) } : null,
  })
}
