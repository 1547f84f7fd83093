import type { StepKey } from '../src/domain/ids.ts'
import { outlineOf, type WorkflowOutline } from '../src/domain/outline.ts'
import type { Run, Step } from '../src/domain/run.ts'
import { stepName } from '../src/domain/step-key.ts'
import { inWords } from './wording.ts'

/** What people call a step: its title, and for an item inside `each` the item. */
export function stepTitle(outline: WorkflowOutline, key: StepKey): string {
  const name = stepName(key)
  const title = outlineOf(outline, key)?.title ?? inWords(name)
  return name === key ? title : `${title} (${key.slice(name.length + 1)})`
}

/** The run's steps in the order of the graph; items of one step stay together, unknown steps come last. */
export function inGraphOrder(run: Run, outline: WorkflowOutline): Step[] {
  const places = new Map(outline.steps.map((step, index) => [step.key, index]))
  const place = (step: Step) => places.get(stepName(step.key)) ?? places.size
  return [...run.steps].sort((a, b) => place(a) - place(b))
}
