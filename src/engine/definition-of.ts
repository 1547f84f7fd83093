import { z } from 'zod'
import type { StepKey } from '../domain/ids.ts'
import { stepName, undoes } from '../domain/step-key.ts'
import type { CallStep, EndRunStep, StepDefinition, WorkflowDefinition } from './define-workflow.ts'

/** How a step of a run is defined: a run's step may be one of many that one definition gives, or undo another one. */
export function definitionOf(
  { steps }: Pick<WorkflowDefinition, 'steps'>,
  key: StepKey,
): StepDefinition | EndRunStep | undefined {
  const name = stepName(key)
  const named = steps.find((step) => step.key === name)
  const step = named?.kind === 'each' && key !== name ? named.one : named
  if (!step || undoes(key) === null) return step
  if (step.kind === 'subflow') return { ...step, kind: 'end-run', output: UNDONE }
  return step.kind === 'step' ? undoOf(step) : undefined
}

const UNDONE = z.object({})

/** A step of its own: it fails, is retried, skipped and escalated like every other. */
function undoOf({ undo, ...step }: CallStep): CallStep | undefined {
  if (undo === null) return undefined
  return {
    ...step,
    title: undo.title,
    output: UNDONE,
    undo: null,
    ...(undo.makes ? { undoing: undo.makes } : {}),
    async run(context) {
      await undo.run(context)
      return {}
    },
  }
}
