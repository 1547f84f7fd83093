import { shortId } from '../../src/domain/ids.ts'
import type { WorkflowOutline } from '../../src/domain/outline.ts'
import { type Run, settled } from '../../src/domain/run.ts'
import { context, header, markup } from '../blocks.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { bold, lines, outside, paragraph, type Words } from '../rich-text.ts'
import { stepSign } from '../step-state.ts'
import { stepTitle } from '../step-title.ts'
import { dateToken } from '../times.ts'
import { count } from '../wording.ts'

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
  const rest: Words[] =
    hidden > 0 ? [[`… and ${hidden}${subject.andMore ? ' or more' : ''} others: /process lists them`]] : []
  const title =
    subject.count === 0
      ? '✅ Nothing is under way here any more'
      : `🔵 ${count(subject.count, 'run')}${subject.andMore ? ' or more' : ''} under way`
  const why: Words =
    subject.count === 0
      ? ['Every run that this card showed has a card of its own now.']
      : ['So many at once share this card; a run gets a card of its own when it needs somebody, and when it ends.']
  const all = [...told, ...rest]
  return {
    blocks: [
      header(title),
      paragraph(...why),
      ...(all.length > 0 ? [lines(all)] : []),
      context(markup(`As of ${dateToken(ctx.now, 'near')}`)),
    ],
    text: fallbackText([[title], ...all]),
  }
}

function line(run: Run, outline: WorkflowOutline): Words {
  const finished = run.steps.filter(settled).length
  const at = run.steps.find((step) => !settled(step) && step.status !== 'pending')
  const doing: Words = at ? [` · ${stepSign(at)} `, outside(stepTitle(outline, at.key), 60)] : []
  return [
    bold(run.subject.label, 60),
    ' · ',
    outside(outline.title, 40),
    ` ${shortId(run.id)} · ${finished} of ${run.steps.length}`,
    ...doing,
  ]
}
