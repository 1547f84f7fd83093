import type { RichTextBlock } from '@slack/types'
import type { WorkflowOutline } from '../../src/domain/outline.ts'
import { isBlocking, type Run, type Step, settled } from '../../src/domain/run.ts'
import type { DrawContext } from '../drawing.ts'
import { bold, lines, outside, type Words } from '../rich-text.ts'
import { stepSign, stepState } from '../step-state.ts'
import { inGraphOrder, stepTitle } from '../step-title.ts'
import { texts } from '../texts/index.ts'

/** More would push the buttons off the screen. */
const MOST_LINES = 15

/** Every step on a line of its own, in the graph's order; of very many, those that somebody has to look at first. */
export function progressLines(run: Run, outline: WorkflowOutline, ctx: DrawContext): Words[] {
  const steps = inGraphOrder(run, outline).filter((step) => !isQuietItem(step))
  const shown = chosen(steps)
  const written = shown.map((step) => line(step, { run, outline }, ctx))
  const hidden = steps.filter((step) => !shown.includes(step))
  return hidden.length === 0 ? written : [...written, [summary(hidden)]]
}

/** The same as a block. */
export const progressList = (run: Run, outline: WorkflowOutline, ctx: DrawContext): RichTextBlock =>
  lines(progressLines(run, outline, ctx))

function line(step: Step, place: { run: Run; outline: WorkflowOutline }, ctx: DrawContext): Words {
  const title = stepTitle(place.outline, step.key, place.run)
  const needsSomeone = step.status === 'failed' || step.status === 'unknown'
  return [
    `${stepSign(step)} `,
    needsSomeone ? bold(title, 80) : outside(title, 80),
    ' · ',
    ...stepState(step, place, ctx),
  ]
}

/** How the items of a list get on stands on its step's line; one has its own as long as something is wrong with it. */
export function isQuietItem(step: Step): boolean {
  if (step.item === undefined) return false
  return !(
    step.status === 'skipped' ||
    isBlocking(step) ||
    step.status === 'backing-off' ||
    (step.status === 'running' && step.failing)
  )
}

function chosen(steps: readonly Step[]): Step[] {
  if (steps.length <= MOST_LINES) return [...steps]
  const weight = (step: Step) => {
    if (step.status === 'failed' || step.status === 'unknown') return 0
    if (step.status === 'backing-off' || (step.status === 'running' && step.failing)) return 1
    if (step.status === 'running' || step.status === 'waiting') return 2
    return step.status === 'succeeded' || step.status === 'not-needed' ? 4 : 3
  }
  const first = [...steps].sort((a, b) => weight(a) - weight(b)).slice(0, MOST_LINES)
  return steps.filter((step) => first.includes(step))
}

function summary(hidden: readonly Step[]): string {
  const finished = hidden.filter(settled).length
  return texts.runCard.hiddenSteps({ finished, open: hidden.length - finished })
}
