import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { StepDefinition } from './define-workflow.ts'

interface Shaped {
  version: number
  input: z.ZodType
  steps: readonly StepDefinition[]
}

/** Digest of a workflow's graph and schemas: another one is another definition, also under the same version. */
export function workflowShape({ version, input, steps }: Shaped): string {
  const graph = steps.map((step) => {
    const { key, kind, needs, optional, after, output } = step
    return [
      key,
      kind,
      needs,
      optional,
      after,
      schemaOf(output),
      step.kind === 'each' ? schemaOf(step.one.output) : null,
    ]
  })
  const text = JSON.stringify([version, schemaOf(input), graph])
  return createHash('sha256').update(text).digest('base64url').slice(0, 22)
}

const schemaOf = (schema: z.ZodType): unknown => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
