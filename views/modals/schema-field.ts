import { z } from 'zod'
import { inWords } from '../wording.ts'

/** One field of a schema, as an input needs it. */
export interface SchemaField {
  name: string
  kind:
    | 'text'
    | 'email'
    | 'url'
    | 'date'
    | 'number'
    | 'yes-no'
    | 'choice'
    | 'choices'
    | 'user'
    | 'channel'
    | 'multiline'
    | 'files'
  label: string
  hint: string | null
  placeholder: string | null
  optional: boolean
  options: readonly { value: string; label: string }[]
  min: number | null
  max: number | null
  wholeNumber: boolean
  /** Of a field for files: the ends of names that it takes; null for all. */
  fileTypes: readonly string[] | null
  initial: unknown
  /** Shown only while another field has one of these values; null for always. */
  showWhen: { field: string; is: readonly string[] } | null
}

/** What `.meta({ … })` of a field may say, beside what JSON Schema knows. */
const Node = z.looseObject({
  type: z.string().optional(),
  format: z.string().optional(),
  enum: z.array(z.string()).optional(),
  const: z.string().optional(),
  anyOf: z.array(z.unknown()).optional(),
  items: z.unknown().optional(),
  title: z.string().optional(),
  description: z.string().optional(),
  placeholder: z.string().optional(),
  widget: z.enum(['user', 'channel', 'multiline', 'files']).optional(),
  labels: z.record(z.string(), z.string()).optional(),
  showWhen: z.object({ field: z.string(), is: z.array(z.string()) }).optional(),
  mostFiles: z.int().optional(),
  fileTypes: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  default: z.unknown().optional(),
})
type Node = z.infer<typeof Node>

const Whole = z.object({
  properties: z.record(z.string(), z.unknown()).default({}),
  required: z.array(z.string()).default([]),
})

/** The fields of a zod object, in its order; what an input cannot show becomes a text. */
export function schemaFields(schema: z.ZodType): SchemaField[] {
  const whole = Whole.parse(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }))
  return Object.entries(whole.properties).map(([name, property]) =>
    field(name, unwrapped(Node.parse(property)), whole.required.includes(name)),
  )
}

/** A nullable is drawn as what it is when it is not null; its own title and description win. */
function unwrapped(node: Node): Node {
  const variants = (node.anyOf ?? []).map((each) => Node.parse(each)).filter((each) => each.type !== 'null')
  const { anyOf, ...outer } = node
  if (anyOf === undefined) return node
  if (variants.every((each) => each.const !== undefined)) {
    return { ...outer, enum: variants.flatMap((each) => each.const ?? []) }
  }
  return variants.length === 1 ? { ...variants[0], ...outer } : outer
}

function field(name: string, node: Node, required: boolean): SchemaField {
  const kind = kindOf(node)
  const item = kind === 'choices' ? Node.parse(node.items) : node
  const labels = node.labels ?? item.labels ?? {}
  return {
    name,
    kind,
    label: node.title ?? inWords(name),
    hint: node.description ?? null,
    placeholder: node.placeholder ?? null,
    // An unticked box is an answer: no.
    optional: !required || kind === 'yes-no',
    options: (item.enum ?? []).map((value) => ({ value, label: labels[value] ?? inWords(value) })),
    min: (kind === 'number' ? node.minimum : node.minLength) ?? null,
    max: (kind === 'files' ? node.mostFiles : kind === 'number' ? node.maximum : node.maxLength) ?? null,
    fileTypes: node.fileTypes ?? null,
    wholeNumber: node.type === 'integer',
    initial: node.default,
    showWhen: node.showWhen ?? null,
  }
}

const FORMATS: Partial<Record<string, SchemaField['kind']>> = { email: 'email', date: 'date', uri: 'url' }

function kindOf(node: Node): SchemaField['kind'] {
  if (node.widget) return node.widget
  if (node.enum) return 'choice'
  if (node.type === 'boolean') return 'yes-no'
  if (node.type === 'number' || node.type === 'integer') return 'number'
  if (node.type === 'array' && Node.safeParse(node.items).data?.enum) return 'choices'
  return FORMATS[node.format ?? ''] ?? 'text'
}
