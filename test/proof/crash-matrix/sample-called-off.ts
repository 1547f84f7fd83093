import { z } from 'zod'
import { type WorkflowDefinition, workflow } from '../../../src/engine/define-workflow.ts'

/** The same workflow, called off when all of it is done: what it made is taken back. */
export function calledOff(definition: WorkflowDefinition): WorkflowDefinition {
  const { steps, outline } = workflow(
    {
      name: 'called-off',
      version: 1,
      title: 'Called off',
      input: z.object({}),
      subject: () => ({ key: '', label: '' }),
    },
    ({ approval }) => void approval('call-off', { title: 'Is it right?' }),
  )
  const after = definition.steps.map(({ key }) => key)
  return {
    ...definition,
    steps: [...definition.steps, ...steps.map((step) => ({ ...step, after }))],
    outline: {
      ...definition.outline,
      steps: [...definition.outline.steps, ...outline.steps.map((step) => ({ ...step, after }))],
    },
  }
}
