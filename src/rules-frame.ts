import { z } from 'zod'
import type { WorkflowDefinition } from './engine/define-workflow.ts'
import type { InputFrame, RulesFrame } from './rules/rules-frame.ts'

/** What the workflows expect of the rules file. */
export const rulesFrame = (workflows: readonly WorkflowDefinition[]): RulesFrame => ({
  workflows: Object.fromEntries(workflows.map(({ name, steps }) => [name, steps.map((step) => step.key)])),
  approvals: rulesAskedFor(workflows, 'approval'),
  tasks: rulesAskedFor(workflows, 'task'),
  events: [
    ...new Set(workflows.flatMap(({ steps }) => steps.flatMap((step) => (step.kind === 'event' ? [step.event] : [])))),
  ],
  inputs: Object.fromEntries(workflows.map(({ name, input }) => [name, inputFrame(input)])),
  access: workflows.flatMap(({ steps }) => steps.flatMap(({ access }) => access ?? [])),
  inputFields: workflows.flatMap(({ input }) => Object.keys(input.shape)),
})

const rulesAskedFor = (workflows: readonly WorkflowDefinition[], kind: 'approval' | 'task'): string[] => [
  ...new Set(workflows.flatMap(({ steps }) => steps.flatMap((step) => (step.kind === kind ? [step.rule] : [])))),
]

const inputFrame = (input: z.ZodObject): InputFrame => ({
  fields: Object.keys(input.shape),
  required: Object.entries(input.shape).flatMap(([field, schema]) =>
    z.safeParse(schema, undefined).success ? [] : [field],
  ),
  check(value) {
    const issues = input.safeParse(value).error?.issues ?? []
    return Object.fromEntries(issues.map(({ path, message }) => [path.join('.'), message]))
  },
})
