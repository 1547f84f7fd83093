import type { WorkflowOutline } from '../../src/domain/outline.ts'
import type { Run, StepFailure } from '../../src/domain/run.ts'
import { bold, outside, type Words } from '../rich-text.ts'
import { inGraphOrder, stepTitle } from '../step-title.ts'
import { texts } from '../texts/index.ts'

/** What fails now, in the graph's order. */
export const failing = (
  run: Run,
  outline: WorkflowOutline,
): { title: string; stopped: boolean; failure: StepFailure }[] =>
  inGraphOrder(run, outline).flatMap((step) => {
    const failure = 'failing' in step ? step.failing?.failure : undefined
    const stopped = step.status === 'failed' || step.status === 'unknown'
    return failure ? [{ title: stepTitle(outline, step.key), stopped, failure }] : []
  })

/** A sentence for each: what stopped, and why. */
export const failures = (run: Run, outline: WorkflowOutline): Words[] =>
  firstOf(
    failing(run, outline).map(({ title, stopped, failure }) =>
      texts.runAnswers[stopped ? 'stopped' : 'failing'](bold(title, 80), outside(failure.message, 500)),
    ),
  )

/** What mends them; many fail for one reason. */
export const remedies = (run: Run, outline: WorkflowOutline): Words[] =>
  firstOf([...new Set(failing(run, outline).map(({ failure }) => failure.hint))].map((hint) => [outside(hint, 500)]))

/** More would not fit into a message. */
const MOST = 8

const firstOf = (all: Words[]): Words[] =>
  all.length > MOST ? [...all.slice(0, MOST), [texts.words.andMore(all.length - MOST)]] : all
