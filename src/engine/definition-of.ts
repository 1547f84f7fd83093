import type { StepKey } from '../domain/ids.ts'
import { stepName } from '../domain/step-key.ts'
import type { StepDefinition, WorkflowDefinition } from './define-workflow.ts'

/** How a step of a run is defined: a run's step may be one of many that one definition gives. */
export function definitionOf({ steps }: Pick<WorkflowDefinition, 'steps'>, key: StepKey): StepDefinition | undefined {
  const name = stepName(key)
  return steps.find((step) => step.key === name)
}
