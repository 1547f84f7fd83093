import { PurserError } from './errors.ts'
import type { StepFailure } from './run.ts'

/** What a step keeps of an error; anything that is not one of ours is a fault in a workflow's own code. */
export function toStepFailure(error: unknown): StepFailure {
  if (error instanceof PurserError) {
    return {
      consequence: error.consequence,
      code: error.code,
      message: error.message,
      hint: error.hint,
      service: error.where?.service ?? null,
      operation: error.where?.operation ?? null,
      status: error.where?.status ?? null,
      ...(error.where?.call === undefined ? {} : { call: error.where.call }),
      ...(error.where?.generation === undefined ? {} : { generation: error.where.generation }),
    }
  }
  return {
    consequence: 'permanent',
    code: 'fault-in-workflow',
    message: `The step's own code failed: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`,
    hint: 'This is a fault in the workflow. Mend and deploy it, then retry.',
    service: null,
    operation: null,
    status: null,
  }
}
