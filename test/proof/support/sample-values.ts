import { z } from 'zod'
import { USER_IDS } from '../../../src/sandbox/seed.ts'

interface Described {
  type?: string
  format?: string
  pattern?: string
  enum?: readonly unknown[]
  const?: unknown
  anyOf?: readonly Described[]
  items?: Described
  minItems?: number
  minimum?: number
  minLength?: number
  properties?: Readonly<Record<string, Described>>
  required?: readonly string[]
  default?: unknown
  widget?: string
  placeholder?: string
  fileTypes?: readonly string[]
}

/** Something that the schema takes, whatever workflow it belongs to: fields by their types, formats and choices. */
export function sampleFor<T>(schema: z.ZodType<T>, variant = 0): T {
  const described = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Described
  const parsed = schema.safeParse(valueFor(described, variant))
  if (parsed.success) return valueFor(described, variant) as T
  throw new Error(`no sample for this schema, extend sample-values.ts: ${z.prettifyError(parsed.error)}`)
}

const TEXTS: Readonly<Record<string, string>> = {
  email: 'jane.doe@acme.example',
  date: '2026-12-01',
  'date-time': '2026-12-01T09:00:00Z',
  uri: 'https://acme.example/order',
  uuid: '01890a5d-ac96-774b-bcce-b302099a8057',
}

function valueFor(schema: Described, variant: number): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[variant % schema.enum.length]
  const [choice] = schema.anyOf ?? []
  if (choice) return valueFor(choice, variant)
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, field]) => [name, valueFor(field, variant)]),
      )
    case 'array':
      if (schema.widget === 'files') return [fileOf(schema)]
      return Array.from({ length: Math.max(2, schema.minItems ?? 0) }, (_, at) => valueFor(schema.items ?? {}, at))
    case 'integer':
    case 'number':
      return (schema.minimum ?? 0) + 1
    case 'boolean':
      return true
    case 'null':
      return null
    default:
      return textFor(schema, variant)
  }
}

const fileOf = ({ fileTypes: [type = 'pdf'] = [] }: Described) => ({
  ...{ id: 'F0QUOTE', name: `quote.${type}`, size: 1_000, mimetype: 'application/pdf' },
  permalink: 'https://acme.slack.example/files/F0QUOTE',
})

function textFor({ format, pattern, widget, placeholder }: Described, variant: number): string {
  if (widget === 'user' || pattern?.startsWith('^[UW]')) return USER_IDS.manager
  // A field that shows addresses takes several, however they are typed.
  if (widget === 'multiline' && placeholder?.includes('@')) return 'jane.doe@client.example\njohn@client.example'
  const text = TEXTS[format ?? ''] ?? 'Jane Doe'
  return variant === 0 || format === 'date' || format === 'date-time' ? text : text.replace(/jane/i, `jane${variant}`)
}
