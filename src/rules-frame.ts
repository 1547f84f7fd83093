import type { WorkflowDefinition } from './engine/define-workflow.ts'
import type { RulesFrame } from './rules/rules-frame.ts'

/** What the workflows expect of the rules file. */
export const rulesFrame = (workflows: readonly WorkflowDefinition[]): RulesFrame => ({
  workflows: Object.fromEntries(workflows.map(({ name, steps }) => [name, steps.map((step) => step.key)])),
  access: workflows.flatMap(({ steps }) => steps.flatMap(({ access }) => access ?? [])),
  inputFields: workflows.flatMap(({ input }) => Object.keys(input.shape)),
})
