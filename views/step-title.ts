import type { StepKey } from '../src/domain/ids.ts'
import { outlineOf, type WorkflowOutline } from '../src/domain/outline.ts'
import { type Run, type Step, stepOf } from '../src/domain/run.ts'
import { stepName, undoes } from '../src/domain/step-key.ts'
import { texts } from './texts/index.ts'
import { inWords } from './wording.ts'

/** What people call a step: its title, for an item inside `each` the item too, and that it undoes another one. */
export function stepTitle(outline: WorkflowOutline, key: StepKey, run?: Run): string {
  const undone = undoes(key)
  if (undone !== null) return texts.names.undoing(stepTitle(outline, undone, run))
  const name = stepName(key)
  const title = outlineOf(outline, key)?.title ?? inWords(name)
  if (name === key) return title
  const item = run && stepOf(run, key)?.item
  return `${title} (${item ? item.label : key.slice(name.length + 1)})`
}

/** The run's steps in the order of the graph; items of one step stay together, unknown steps come last. */
export function inGraphOrder(run: Run, outline: WorkflowOutline): Step[] {
  const places = new Map(outline.steps.map((step, index) => [step.key, index]))
  const place = (step: Step) => places.get(stepName(step.key)) ?? places.size
  // What is undone comes behind everything that was done.
  const round = (step: Step) => (undoes(step.key) === null ? 0 : 1)
  return [...run.steps].sort((a, b) => round(a) - round(b) || (round(a) === 0 ? place(a) - place(b) : 0))
}
