import type { StepKey } from './ids.ts'
import { stepName } from './step-key.ts'

/** A workflow as cards, lists and questions need it: words and edges, no code. */
export interface WorkflowOutline {
  name: string
  version: number
  title: string
  steps: readonly StepOutline[]
}

export interface StepOutline {
  key: StepKey
  title: string
  /** Steps whose results it takes. */
  needs: readonly StepKey[]
  /** Steps that only have to come before it. */
  after: readonly StepKey[]
  /** Steps whose results it takes when there are any. */
  optional: readonly StepKey[]
  /** Services that it calls: `github`. */
  services: readonly string[]
  /** Whether people decide in it: it is neither skipped nor marked done. */
  approval?: true
  /** What is done to undo it when a run is cancelled; absent where people have to. */
  undo?: string
  /** The operation by which it makes what is undone. */
  makes?: OperationName
  /** What people have to do about what stays of it when a run is cancelled, and why Purser does not. */
  leaves?: string
}

export interface OperationName {
  service: string
  name: string
}

/** The outline of a run's step; of an item inside `each`, that of its step. */
export function outlineOf({ steps }: Pick<WorkflowOutline, 'steps'>, key: StepKey): StepOutline | undefined {
  const name = stepName(key)
  return steps.find((step) => step.key === name)
}

/** The steps that lose their input when `key` is skipped, transitively, in the graph's order. */
export function losesInput(outline: WorkflowOutline, key: StepKey): StepOutline[] {
  const lost = new Set<StepKey>([key])
  const affected: StepOutline[] = []
  for (const step of outline.steps) {
    if (step.needs.some((need) => lost.has(need))) {
      lost.add(step.key)
      affected.push(step)
    }
  }
  return affected
}

/** The steps that do not happen when the approval `key` is refused: all behind it, by results and by order. */
export function comesBehind(outline: WorkflowOutline, key: StepKey): StepOutline[] {
  const stopped = new Set<StepKey>([key])
  const behind: StepOutline[] = []
  for (const step of outline.steps) {
    if ([...step.needs, ...step.after].some((before) => stopped.has(before))) {
      stopped.add(step.key)
      behind.push(step)
    }
  }
  return behind
}
