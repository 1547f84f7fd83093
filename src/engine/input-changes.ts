import { z } from 'zod'
import type { ChangedValue } from '../domain/changed-value.ts'

/** A field of a run's input that two versions of it tell apart. */
export interface ChangedField {
  field: string
  old: unknown
  now: unknown
  shown: ChangedValue
}

const Property = z.looseObject({
  title: z.string().optional(),
  widget: z.string().optional(),
  labels: z.record(z.string(), z.string()).default({}),
})
const Properties = z.object({ properties: z.record(z.string(), Property).default({}) })

/** What differs between two inputs, by field, in the schema's order. */
export function changedFields(schema: z.ZodType, before: unknown, after: unknown): ChangedField[] {
  const { properties } = Properties.parse(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }))
  const [old, now] = [asRecord(before), asRecord(after)]
  const fields = new Set([...Object.keys(properties), ...Object.keys(old), ...Object.keys(now)])
  return [...fields].flatMap((field) => {
    if (JSON.stringify(old[field]) === JSON.stringify(now[field])) return []
    const { title = field, widget, labels = {} } = properties[field] ?? {}
    const inWords = (value: unknown) => shownValue(value, labels)
    const shown = { label: title, old: inWords(old[field]), now: inWords(now[field]), isPerson: widget === 'user' }
    return [{ field, old: old[field], now: now[field], shown }]
  })
}

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

function shownValue(value: unknown, labels: Readonly<Record<string, string>>): string {
  if (value === undefined || value === null || value === '') return ''
  if (Array.isArray(value)) return value.map((each) => shownValue(each, labels)).join(', ')
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'object') return JSON.stringify(value)
  const text = String(value as string | number)
  return labels[text] ?? text
}
