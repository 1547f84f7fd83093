import type { WorkflowDefinition } from './engine/define-workflow.ts'
import type { RulesFrame } from './rules/rules-frame.ts'

/** What the workflows expect of the rules file. */
export const rulesFrame = (workflows: readonly WorkflowDefinition[]): RulesFrame => ({
  workflows: Object.fromEntries(workflows.map(({ name, steps }) => [name, steps.map((step) => step.key)])),
  approvals: rulesAskedFor(workflows, 'approval'),
  tasks: rulesAskedFor(workflows, 'task'),
  access: workflows.flatMap(({ steps }) => steps.flatMap(({ access }) => access ?? [])),
  inputFields: workflows.flatMap(({ input }) => Object.keys(input.shape)),
})

const rulesAskedFor = (workflows: readonly WorkflowDefinition[], kind: 'approval' | 'task'): string[] => [
  ...new Set(workflows.flatMap(({ steps }) => steps.flatMap((step) => (step.kind === kind ? [step.rule] : [])))),
]
