import type { StepKey } from '../src/domain/ids.ts'
import type { StepOutline, WorkflowOutline } from '../src/domain/outline.ts'
import type { Run, Step } from '../src/domain/run.ts'
import { inWords } from './wording.ts'

/** The outline of a step; of an item inside `each`, that of its step. */
export function outlineOf(outline: WorkflowOutline, key: StepKey): StepOutline | undefined {
  const name = key.split(':', 1)[0]
  return outline.steps.find((step) => step.key === key) ?? outline.steps.find((step) => step.key === name)
}

/** What people call a step: its title, and for an item inside `each` the item. */
export function stepTitle(outline: WorkflowOutline, key: StepKey): string {
  const colon = key.indexOf(':')
  const name = colon === -1 ? key : key.slice(0, colon)
  const found = outlineOf(outline, key)
  const title = found?.title ?? inWords(name)
  return colon === -1 || found?.key === key ? title : `${title} (${key.slice(colon + 1)})`
}

/** The run's steps in the order of the graph; items of one step stay together, unknown steps come last. */
export function inGraphOrder(run: Run, outline: WorkflowOutline): Step[] {
  const places = new Map(outline.steps.map((step, index) => [step.key as string, index]))
  const place = (step: Step) => places.get(step.key) ?? places.get(step.key.split(':', 1)[0] ?? '') ?? places.size
  return [...run.steps].sort((a, b) => place(a) - place(b))
}
