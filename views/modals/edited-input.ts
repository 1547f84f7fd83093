import type { z } from 'zod'
import { readInputs } from './read-inputs.ts'
import { schemaFields } from './schema-field.ts'

/** Block ids of an input's fields begin with it, where a form asks for more besides. */
export const INPUT_PREFIX = 'input.'

/** A run's input as somebody changed it; what the form could not show stays as it was. */
export function readEdited(values: unknown, schema: z.ZodType, before: unknown): Record<string, unknown> {
  const old = typeof before === 'object' && before !== null ? (before as Record<string, unknown>) : {}
  const read = readInputs(values, INPUT_PREFIX)
  const shown = new Map(schemaFields(schema).map(({ name, kind }) => [name, kind]))
  const hidden = Object.entries(old).filter(([name, value]) =>
    // Files are chosen anew, or stay.
    shown.get(name) === 'files' ? !(name in read) : !shown.has(name) || !canBeShown(value),
  )
  return { ...read, ...Object.fromEntries(hidden) }
}

/** Lists of texts are menus; whatever else has parts is more than an input holds. */
const canBeShown = (value: unknown): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (Array.isArray(value) && value.every((each) => typeof each === 'string'))
